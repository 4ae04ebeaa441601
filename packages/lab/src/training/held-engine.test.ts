import { localEngine, type Trainer, trainerOver } from 'thinnet';
import { nodeRuntime } from 'thinnet/node';
import { expect, it } from 'vitest';
import { readTable } from '../data/csv.js';
import { planOf, prepare } from '../experiment/plan.js';
import { defaults, type Settings } from '../settings/settings.js';
import { heldEngine } from './held-engine.js';
import { Turns } from './turns.js';

/** Two noisy clouds. */
const table = [
  'x,y,cloud',
  ...Array.from({ length: 90 }, (_, i) => {
    const [a, b] = [Math.sin(i * 12.9898) * 43758.5453, Math.sin(i * 78.233) * 43758.5453];
    const noise = [a - Math.floor(a), b - Math.floor(b)].map((u) => 3 * u);
    return `${(noise[0] as number) + (i % 2)},${(noise[1] as number) - (i % 2)},${i % 2 ? 'b' : 'a'}`;
  }),
].join('\n');

const settings: Settings = {
  ...defaults,
  ...{ data: 'csv', images: 'all', hidden: [6], batch: 10, epochs: 3, inputRate: 0 },
  changes: [{ arm: 1, step: 9, rate: 0.2 }],
};
const { data, input } = prepare(
  settings,
  readTable(new TextEncoder().encode(table), { name: 't.csv', label: 'cloud' }),
);

it('training by turns of any length, and with rates changed between them, gives the same bits', async () => {
  const train = async (chunk: number | undefined) => {
    const plan = planOf(settings, 1, input);
    const engine = await localEngine(plan, data, nodeRuntime);
    const turns = new Turns(1, { chunk: () => chunk ?? 1, onLevel: () => undefined });
    const seen: number[] = [];
    const held = heldEngine(engine, {
      ...{ arm: 0, turns, stepsPerEpoch: Math.ceil(data.train.length / settings.batch) },
      onFirst: () => seen.push(-1),
      onSteps: (last) => void seen.push(last),
      changes: () => engine.rateChanges(),
    });
    const trainer = trainerOver(chunk === undefined ? engine : held, plan, data);
    const losses: number[] = [];
    for await (const { test, train: own } of trainer.fit({ epochs: 3 })) losses.push(test.loss, own.loss);
    await trainer.close();
    return { losses, seen };
  };
  const whole = await train(undefined);
  expect(whole.losses).toHaveLength(6);
  const single = await train(1);
  expect(single.losses).toEqual(whole.losses);
  expect(single.seen).toEqual([-1, ...Array.from({ length: 24 }, (_, i) => i)]);
  expect((await train(3)).losses).toEqual(whole.losses);
});

it('training that is stopped in the middle of a run of steps ends for every arm', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  // Turns of two steps: an epoch is one run of eight, so that an arm asks again before it looks at the signal.
  const turns = new Turns(2, { chunk: () => 2, onLevel: () => undefined });
  signal.addEventListener('abort', () => turns.stop(signal.reason));
  const taken: (readonly [arm: number, last: number])[] = [];
  const trainerOf = async (arm: number): Promise<Trainer> => {
    const plan = planOf(settings, arm, input);
    const engine = await localEngine(plan, data, nodeRuntime);
    const held = heldEngine(engine, {
      ...{ arm, turns, stepsPerEpoch: 8, onFirst: () => undefined, changes: () => engine.rateChanges() },
      onSteps(last) {
        taken.push([arm, last]);
        if (arm === 0 && last === 3) controller.abort('enough');
      },
    });
    return trainerOver(held, plan, data);
  };
  const trainers = [await trainerOf(0), await trainerOf(1)];
  const ends = await Promise.allSettled(trainers.map((trainer) => trainer.fit({ epochs: 3, signal }).next()));
  expect(ends).toEqual(trainers.map(() => ({ status: 'rejected', reason: 'enough' })));
  expect(taken).toEqual([
    [0, 1],
    [1, 1],
    [0, 3],
  ]);
  for (const trainer of trainers) await trainer.close();
});
