/** @file The engine: the split into runs does not matter, short batches count, bad numbers stop. */
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import type { Runtime } from '../runtime/runtime.js';
import { smallData, smallPlan } from '../testing/network.js';
import type { State } from './engine.js';
import { localEngine } from './local-engine.js';
import type { TrainingPlan } from './plan.js';
import { constant } from './schedule.js';

async function stateAfterAnEpoch(
  plan: TrainingPlan,
  runs: readonly number[],
): Promise<{ losses: number[]; state: State }> {
  const engine = await localEngine(plan, smallData(), nodeRuntime);
  const losses: number[] = [];
  let first = 0;
  for (const count of runs) {
    losses.push(...(await engine.train({ epoch: 0, first, count })));
    first += count;
  }
  const state = await engine.state();
  await engine.close();
  return { losses, state };
}

describe('local engine', () => {
  it('gives the same bits however the steps are divided into runs', async () => {
    const whole = await stateAfterAnEpoch(smallPlan({ stepsPerRun: 100 }), [8]);
    const single = await stateAfterAnEpoch(smallPlan({ stepsPerRun: 1 }), [1, 1, 1, 1, 1, 1, 1, 1]);
    const mixed = await stateAfterAnEpoch(smallPlan({ stepsPerRun: 3 }), [5, 3]);
    expect(single).toEqual(whole);
    expect(mixed).toEqual(whole);
  });

  it('learns: the loss of later epochs is below that of the first', async () => {
    const engine = await localEngine(smallPlan({ schedule: constant(0.02) }), smallData(), nodeRuntime);
    const means: number[] = [];
    for (let epoch = 0; epoch < 20; epoch++) {
      const losses = await engine.train({ epoch, first: 0, count: 8 });
      means.push(losses.reduce((a, b) => a + b, 0) / losses.length);
    }
    await engine.close();
    expect(means[19]).toBeLessThan(0.6 * (means[0] as number));
  });

  it('takes the short last batch into the update', async () => {
    const engine = await localEngine(smallPlan(), smallData(), nodeRuntime);
    await engine.train({ epoch: 0, first: 0, count: 7 });
    const before = await engine.state();
    const losses = await engine.train({ epoch: 0, first: 7, count: 1 });
    const after = await engine.state();
    await engine.close();
    expect(losses).toHaveLength(1);
    expect(after['dense1.weight']).not.toEqual(before['dense1.weight']);
  });

  it('predicts the same outputs for a set and for its examples one by one, at any batch size of the set', async () => {
    const engine = await localEngine(smallPlan(), smallData(), nodeRuntime);
    const all = await engine.predict('test');
    const some = await engine.predict('test', Uint32Array.of(4, 29));
    await engine.close();
    expect(all).toHaveLength(30 * 3);
    for (const [i, example] of [4, 29].entries())
      for (let c = 0; c < 3; c++) expect(some[i * 3 + c]).toBeCloseTo(all[example * 3 + c] as number, 5);
  });

  it('goes back to the state before the epoch', async () => {
    const engine = await localEngine(smallPlan(), smallData(), nodeRuntime);
    await engine.train({ epoch: 0, first: 0, count: 8 });
    const before = await engine.state();
    await engine.train({ epoch: 1, first: 0, count: 4 });
    await engine.rollback();
    const after = await engine.state();
    await engine.close();
    expect(after).toEqual(before);
  });

  it('keeps the state of before where a loss is not finite', async () => {
    const engine = await localEngine(
      smallPlan({ schedule: constant(1e30), stepsPerRun: 4 }),
      smallData(),
      nodeRuntime,
    );
    const before = await engine.state();
    const losses = await engine.train({ epoch: 0, first: 0, count: 4 });
    const after = await engine.state();
    await engine.close();
    expect([...losses].some((loss) => !Number.isFinite(loss))).toBe(true);
    expect(after).toEqual(before);
  });

  it.each([
    [{ batchSize: 0 }, 'batchSize is 0; it must be a whole number, at least 1'],
    [{ seed: -1 }, 'seed is -1; it must be a whole number from 0 to 2^53 − 1'],
    [{ maxNorm: 0 }, 'maxNorm is 0; it must be above 0'],
    [{ clipNorm: Number.NaN }, 'clipNorm is NaN; it must be above 0'],
  ])('refuses %o', async (changes, message) => {
    await expect(localEngine(smallPlan(changes), smallData(), nodeRuntime)).rejects.toThrow(message);
  });

  it('releases what it compiled where the rest cannot be', async () => {
    const released: string[] = [];
    const runtime = (last: number): Runtime => {
      let count = 0;
      return {
        name: 'that runs out of memory',
        load: () => {
          const name = `program ${++count}`;
          if (count > last) return Promise.reject(new ThinnetError('no memory'));
          const release = () => Promise.resolve(void released.push(name));
          return Promise.resolve({ inputs: [], outputs: [], run: () => Promise.reject(), release });
        },
      };
    };
    await expect(localEngine(smallPlan(), smallData(), runtime(1))).rejects.toThrow('no memory');
    expect(released).toEqual(['program 1']);
    const rateChanges = [{ step: 1, site: 'nowhere', rate: 0.5 }];
    await expect(localEngine(smallPlan({ rateChanges }), smallData(), runtime(2))).rejects.toThrow('nowhere');
    expect(released.slice(1)).toEqual(['program 1', 'program 2']);
  });

  it('names both shapes where the data do not fit the network', async () => {
    const data = { ...smallData(), test: { ...smallData().test, shape: [3, 4] } };
    await expect(localEngine(smallPlan(), data, nodeRuntime)).rejects.toThrow(
      'the network takes examples of shape [12], the test set "random-2" has [3, 4]',
    );
  });
});
