/** @file An engine that waits for its turn before every run of steps. How steps are divided does not change the result. */
import type { Engine } from 'thinnet';
import type { Turns } from './turns.js';

export interface Hold {
  readonly arm: number;
  readonly turns: Turns;
  readonly stepsPerEpoch: number;
  /** Before the first run of steps, when a checkpoint has been taken over. */
  readonly onFirst: () => void;
  /** After a run of steps: the last one's number from 0, their losses, milliseconds a step. */
  readonly onSteps: (last: number, losses: Float32Array, milliseconds: number) => Promise<void> | void;
  /** The changes of rates that hold, whatever a checkpoint knows of them: some may have been made after it. */
  readonly changes: () => ReturnType<Engine['rateChanges']>;
}

export function heldEngine(engine: Engine, hold: Hold): Engine {
  const { arm, turns, stepsPerEpoch, onFirst, onSteps, changes } = hold;
  let isFirst = true;
  return {
    async train({ epoch, first, count }) {
      if (isFirst) onFirst();
      isFirst = false;
      const losses = new Float32Array(count);
      for (let done = 0; done < count; ) {
        const at = epoch * stepsPerEpoch + first + done;
        const steps = await turns.take(arm, at, count - done);
        let taken = 0;
        try {
          const before = performance.now();
          const part = await engine.train({ epoch, first: first + done, count: steps });
          const milliseconds = (performance.now() - before) / steps;
          losses.set(part, done);
          taken = steps;
          await onSteps(at + steps - 1, part, milliseconds);
        } finally {
          turns.done(arm, taken);
        }
        done += steps;
      }
      return losses;
    },
    predict: (of, examples) => engine.predict(of, examples),
    thinned: (of, passes, examples) => engine.thinned(of, passes, examples),
    setRate: (site, rate) => engine.setRate(site, rate),
    rateChanges: () => engine.rateChanges(),
    setRateChanges: async (_, step) => engine.setRateChanges(await changes(), step),
    state: () => engine.state(),
    setState: (state) => engine.setState(state),
    rollback: () => engine.rollback(),
    close: () => engine.close(),
  };
}
