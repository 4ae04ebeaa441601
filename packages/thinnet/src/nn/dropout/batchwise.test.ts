/** @file Batchwise dropout: one mask for all examples, drawn afresh at every step, each unit for itself. */
import { describe, expect, it } from 'vitest';
import { fillNoise } from '../../noise/kinds.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { binomialTest, chiSquareTail } from '../../testing/probability.js';
import { runGraph } from '../../testing/run.js';
import { relu } from '../activations.js';
import { network } from '../build.js';
import { dense } from '../dense.js';
import { dropout } from '../dropout.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import { batchwiseDropout } from './batchwise.js';

const input = { input: [7], seed: 3 };

describe('batchwiseDropout', () => {
  it('drops the same units of all examples, in any axes before', async () => {
    const built = network({ input: [3, 20], seed: 1 }, batchwiseDropout(0.4));
    expect(built.sites).toMatchObject([{ kind: 'batchwise', shape: [1, 1, 20] }]);
    const noise = noiseFeeds(built, 2, { seed: 5, step: 6 });
    const { y } = await runGraph(thinnedProgram(built), {
      x: floats([2, 3, 20], Array(120).fill(3)),
      ...noise,
    });
    const r = Object.values(noise)[0]?.data as Float32Array;
    expect(new Set(r)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    expect(y?.data).toEqual(Float32Array.from({ length: 120 }, (_, i) => 3 * (r[i % 20] as number)));
  });

  it('has the mask of dropout with a noise shape of one row', () => {
    const [ours, theirs] = [batchwiseDropout(0.3), dropout(0.3, { noiseShape: [1, null] })].map((layer) =>
      noiseFeeds(network(input, layer), 4, { seed: 2, step: 9 }),
    );
    expect(Object.values(ours ?? {})).toEqual(Object.values(theirs ?? {}));
  });

  it('is nothing in the mean program', async () => {
    const x = floats([2, 7], [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1]);
    const thin = network(input, batchwiseDropout(0.2), dense(5), relu(), batchwiseDropout(0.5), dense(2));
    const plain = network(input, dense(5), relu(), dense(2));
    expect(meanProgram(thin).nodes.map(({ op }) => op)).toEqual(['Gemm', 'Relu', 'Gemm']);
    expect(await runGraph(meanProgram(thin), { x })).toEqual(await runGraph(plain.graph, { x }));
  });
});

describe('the masks of 4,000 steps', () => {
  const [units, steps, rate] = [32, 4000, 0.3];
  const [site] = network({ input: [units], seed: 1 }, batchwiseDropout(rate)).sites;
  const kept = Array.from({ length: steps }, (_, step) => {
    const noise = new Float32Array(units);
    if (site) fillNoise(site, { seed: 8, step }, noise);
    return noise.map((x) => Number(x !== 0));
  });
  const count = (holds: (mask: Float32Array, step: number) => boolean): number => kept.filter(holds).length;

  it('keep every unit with probability 1 - rate: exact binomial tests', () => {
    for (let unit = 0; unit < units; unit++)
      expect(
        binomialTest(
          count((mask) => mask[unit] === 1),
          steps,
          1 - rate,
        ),
        `unit ${unit}`,
      ).toBeGreaterThan(1e-4 / units);
  });

  it('keep numbers of units that are binomial: chi-square test', () => {
    const observed = Array(units + 1).fill(0);
    for (const mask of kept) observed[mask.reduce((sum, x) => sum + x, 0)]++;
    // Cells with an expectation below 5 are put together at the ends.
    let [statistic, cells, restObserved, restExpected, p] = [0, 0, 0, 0, rate ** units];
    for (let k = 0; k <= units; k++) {
      if (steps * p >= 5) {
        statistic += (observed[k] - steps * p) ** 2 / (steps * p);
        cells++;
      } else {
        restObserved += observed[k];
        restExpected += steps * p;
      }
      p *= (((units - k) / (k + 1)) * (1 - rate)) / rate;
    }
    statistic += (restObserved - restExpected) ** 2 / restExpected;
    expect(chiSquareTail(statistic, cells)).toBeGreaterThan(1e-4);
  });

  it('are independent from step to step, and from unit to unit: exact binomial tests', () => {
    const both = (1 - rate) ** 2;
    for (let unit = 0; unit < units; unit++) {
      const again = count((mask, step) => step % 2 === 0 && mask[unit] === 1 && kept[step + 1]?.[unit] === 1);
      expect(binomialTest(again, steps / 2, both), `unit ${unit}, steps`).toBeGreaterThan(1e-4 / units);
      const pair = count((mask) => mask[unit] === 1 && mask[(unit + 1) % units] === 1);
      expect(binomialTest(pair, steps, both), `unit ${unit}, neighbours`).toBeGreaterThan(1e-4 / units);
    }
  });
});
