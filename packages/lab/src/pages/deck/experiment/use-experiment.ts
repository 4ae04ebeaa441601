/** @file A card's experiment as state. */
import { useLayoutEffect, useReducer } from 'preact/hooks';
import type { CardId } from 'thinnet-deck';
import { type ExperimentState, Experiments } from './experiments.js';
import type { ResultRecord } from './record.js';

/** Those of this visit: they go on while the visitor turns to another card or page. */
const experiments = new Experiments();

export interface Experiment {
  readonly state: ExperimentState | undefined;
  /** The last result. */
  readonly record: ResultRecord | undefined;
  /** Why results are not kept, where they are not. */
  readonly problem: string | undefined;
  run(): void;
  stop(): void;
}

/** Renders again whenever an experiment has moved on. */
export function useExperiments(): Experiments {
  const [, renew] = useReducer((n: number) => n + 1, 0);
  useLayoutEffect(() => {
    void experiments.load();
    return experiments.subscribe(() => renew(0));
  }, []);
  return experiments;
}

export function useExperiment(id: CardId): Experiment {
  const all = useExperiments();
  return {
    state: all.stateOf(id),
    record: all.recordOf(id),
    problem: all.problem,
    run: () => all.run(id),
    stop: () => all.stop(id),
  };
}
