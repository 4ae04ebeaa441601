import { localEngine, trainerOver } from 'thinnet';
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

it('training by turns of any length, and with rates changed between them, gives the same bits', async () => {
  const settings: Settings = {
    ...defaults,
    ...{ data: 'csv', images: 'all', hidden: [6], batch: 10, epochs: 3, inputRate: 0 },
    changes: [{ arm: 1, step: 9, rate: 0.2 }],
  };
  const { data, input } = prepare(
    settings,
    readTable(new TextEncoder().encode(table), { name: 't.csv', label: 'cloud' }),
  );
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
