/** @file The two cards that train for long, at a smaller extent: their numbers are those of the networks. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../card.js';
import { type Extent, trainedPairs } from '../measurements/pairs.js';
import { nodeLaboratory } from '../node/index.js';
import { flawsOf } from '../testing/flaws.js';
import { experiment as features } from './features.js';
import { experiment as what } from './what.js';

const extent: Extent = { seeds: [1, 2, 3], images: 300, epochs: 8, probes: 200 };
const progress: number[] = [];
const laboratory = nodeLaboratory({ onProgress: (done) => progress.push(done) });
const verdicts = ({ findings }: Result) => findings.map(({ name, verdict }) => [name, verdict]);

describe('what', () => {
  let seen: Result;
  beforeAll(async () => {
    seen = await what(laboratory, extent);
  });

  it('has, by the program for inference, the losses that the trainer reported', async () => {
    const pairs = await trainedPairs(laboratory, extent, () => undefined);
    for (const arm of ['without', 'with'] as const) {
      const last = pairs.map((pair) => pair[arm].epochs.at(-1));
      const { [`testLoss.${arm}`]: losses, [`testError.${arm}`]: errors } = seen.numbers;
      expect(errors).toEqual(last.map((epoch) => epoch?.test.error));
      for (const [i, loss] of (losses as number[]).entries())
        expect(loss).toBeCloseTo(last[i]?.test.loss as number, 5);
    }
    expect(verdicts(seen).at(-1)).toEqual([expect.stringContaining('that the trainer reported'), 'holds']);
  });

  it('both arms of a seed begin with the same weights and see the same images', async () => {
    for (const { without, with: dropped, data } of await trainedPairs(laboratory, extent, () => undefined)) {
      expect(Object.keys(without.parameters)).toEqual(Object.keys(dropped.parameters));
      expect(without.parameters).not.toEqual(dropped.parameters);
      expect(data.train.length).toBe(extent.images);
    }
  });

  it('the gap is test loss minus training loss, and the curves have an entry an epoch', () => {
    const numbers = seen.numbers as Record<string, number[]>;
    for (const arm of ['without', 'with'])
      expect(numbers[`gap.${arm}`]).toEqual(
        numbers[`testLoss.${arm}`]?.map((loss, i) => loss - (numbers[`trainLoss.${arm}`]?.[i] as number)),
      );
    expect(seen.pictures.flatMap(flawsOf)).toEqual([]);
    const [curves] = seen.pictures;
    if (curves?.type !== 'lines') throw new Error('the first picture shows curves');
    expect(curves.lines.map(({ y }) => y.length)).toEqual([8, 8, 8, 8]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });
});

describe('features', () => {
  it('networks with dropout bear removed units better, already when trained for less', async () => {
    progress.length = 0;
    const seen = await features(laboratory, extent);
    expect(verdicts(seen)[0]).toEqual([expect.stringContaining('hidden units removed'), 'holds']);
    expect(seen.pictures.flatMap(flawsOf)).toEqual([]);
    const { 'removed.without': without, 'correlation1.with': correlation } = seen.numbers;
    // Undisturbed, by either way of disturbing: 10 shares and 8 strengths of noise a seed.
    const noisy = seen.numbers['noisy.without'] as number[];
    for (let seed = 0; seed < 3; seed++)
      expect((without as number[])[10 * seed]).toBeCloseTo(noisy[8 * seed] as number, 12);
    for (const value of correlation as number[]) expect(value > 0 && value < 1).toBe(true);
    // Already trained for the other card.
    expect(progress[0]).toBeGreaterThan(0.7);
    expect(progress.at(-1)).toBe(1);
  });
});
