import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from './dataset.js';
import { stratifiedSplit } from './split.js';
import { balancedSubset } from './subset.js';
import { takeExamples } from './take.js';

/** A dataset whose example i holds the feature i, with `counts[c]` examples of class c in a scattered order. */
function toy(counts: readonly number[]): Dataset {
  const length = counts.reduce((a, b) => a + b, 0);
  const labels = Int32Array.from(counts.flatMap((count, c) => new Array<number>(count).fill(c)));
  const scattered = Int32Array.from(labels, (_, i) => labels[(i * 7919) % length] as number);
  const coprime = length % 7919 !== 0;
  return {
    name: 'toy',
    length,
    shape: [1],
    features: Float32Array.from({ length }, (_, i) => i),
    labels: coprime ? scattered : labels,
    classes: counts.length,
  };
}
const countsOf = ({ labels, classes }: Dataset): number[] =>
  Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);
const ids = ({ features }: Dataset): number[] => Array.from(features);

const datasets = fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 2, maxLength: 6 }).map(toy);
const seeds = fc.integer({ min: 0, max: 2 ** 40 });

describe('balancedSubset', () => {
  test('has the same number of each class up to rounding, no example twice, each with its own label', () => {
    fc.assert(
      fc.property(datasets, fc.double({ min: 0, max: 1, noNaN: true }), seeds, (dataset, share, seed) => {
        const most = Math.min(...countsOf(dataset)) * dataset.classes;
        const size = dataset.classes + Math.floor(share * (most - dataset.classes));
        fc.pre(size < dataset.length);
        const subset = balancedSubset(dataset, size, seed);
        expect(subset.length).toBe(size);
        const counts = countsOf(subset);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(new Set(ids(subset)).size).toBe(size);
        ids(subset).forEach((id, i) => {
          expect(subset.labels[i]).toBe(dataset.labels[id]);
        });
      }),
    );
  });

  test('is nested: the smaller subset begins the larger', () => {
    fc.assert(
      fc.property(datasets, seeds, (dataset, seed) => {
        const most = Math.min(...countsOf(dataset)) * dataset.classes;
        fc.pre(most < dataset.length);
        const largest = ids(balancedSubset(dataset, most, seed));
        for (let size = dataset.classes; size < most; size += 3)
          expect(ids(balancedSubset(dataset, size, seed))).toEqual(largest.slice(0, size));
      }),
    );
  });

  test('depends on the seed alone', () => {
    const dataset = toy([20, 20, 20]);
    expect(ids(balancedSubset(dataset, 30, 1))).toEqual(ids(balancedSubset(dataset, 30, 1)));
    expect(ids(balancedSubset(dataset, 30, 1))).not.toEqual(ids(balancedSubset(dataset, 30, 2)));
    expect(ids(balancedSubset(dataset, 30))).toEqual(ids(balancedSubset(dataset, 30, 0)));
  });

  test('draws every example equally often', () => {
    const dataset = toy([10, 30]);
    const drawn = new Float64Array(40);
    const seedsTried = 2000;
    for (let seed = 0; seed < seedsTried; seed++)
      for (const id of ids(balancedSubset(dataset, 10, seed))) drawn[id]!++;
    // 5 of each class: probability 1/2 or 1/6; five standard deviations of a binomial.
    for (let id = 0; id < 40; id++) {
      const p = dataset.labels[id] === 0 ? 1 / 2 : 1 / 6;
      expect(Math.abs((drawn[id] as number) / seedsTried - p)).toBeLessThan(
        5 * Math.sqrt((p * (1 - p)) / seedsTried),
      );
    }
  });

  test('all examples are the dataset itself', () => {
    const dataset = toy([3, 5]);
    expect(balancedSubset(dataset, 8)).toBe(dataset);
  });

  test('regression data are drawn without classes', () => {
    const dataset: Dataset = {
      ...toy([6, 4]),
      labels: Float32Array.from({ length: 20 }, (_, i) => i / 2),
      classes: 0,
    };
    const subset = balancedSubset(dataset, 4);
    expect(subset.length).toBe(4);
    expect(Array.from(subset.labels)).toEqual(ids(subset).flatMap((id) => [id, id + 0.5]));
  });

  test('sizes that cannot be are errors that say which can', () => {
    const dataset: Dataset = { ...toy([3, 5]), classNames: ['cat', 'dog'] };
    for (const size of [1, 0, -1, 9, 2.5, NaN])
      expect(() => balancedSubset(dataset, size)).toThrow(
        `toy: subset of ${size} examples; with 2 classes and 8 examples it must be an integer from 2 to 8`,
      );
    for (let seed = 0; seed < 5; seed++)
      expect(() => balancedSubset(dataset, 7, seed)).toThrow(
        'toy: no balanced subset of 7 examples: class 0 "cat" has only 3; take at most 6, or all 8',
      );
    expect(() => balancedSubset({ ...dataset, classes: 3 }, 4)).toThrow(
      'class 2 has only 0; declare only classes that occur',
    );
  });
});

describe('stratifiedSplit', () => {
  test('puts each example into one set, and the same share of each class into the test set', () => {
    fc.assert(
      fc.property(
        datasets,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        seeds,
        (dataset, share, seed) => {
          const { train, test } = stratifiedSplit(dataset, share, seed);
          expect([...ids(train), ...ids(test)].sort((a, b) => a - b)).toEqual(ids(dataset));
          countsOf(test).forEach((count, c) => {
            const all = countsOf(dataset)[c] as number;
            expect(count).toBe(Math.min(Math.max(Math.round(share * all), 1), all - 1));
          });
          for (const part of [train, test])
            expect(Array.from(part.labels)).toEqual(ids(part).map((id) => dataset.labels[id]));
        },
      ),
    );
  });

  test('depends on the seed alone, and keeps the name', () => {
    const dataset = toy([20, 20]);
    const { train, test: held } = stratifiedSplit(dataset, 0.2, 5);
    expect([train.name, held.name]).toEqual(['toy', 'toy']);
    expect(ids(stratifiedSplit(dataset, 0.2, 5).test)).toEqual(ids(held));
    expect(ids(stratifiedSplit(dataset, 0.2, 6).test)).not.toEqual(ids(held));
  });

  test('a share out of range and a class of one example are errors', () => {
    for (const share of [0, 1, -1, NaN, 20])
      expect(() => stratifiedSplit(toy([3, 3]), share)).toThrow(
        `toy: share of the test set is ${share}; it must be above 0 and below 1`,
      );
    expect(() => stratifiedSplit(toy([3, 1]))).toThrow(
      'toy: class 1 has 1 example(s); a split into training and test set needs 2',
    );
  });
});

describe('takeExamples', () => {
  test('keeps order and repetition, and copies whole rows', () => {
    const dataset: Dataset = {
      ...toy([2, 2]),
      shape: [2],
      features: Uint8Array.of(0, 1, 10, 11, 20, 21, 30, 31),
    };
    const taken = takeExamples(dataset, [3, 0, 3]);
    expect(taken).toMatchObject({ length: 3, features: Uint8Array.of(30, 31, 0, 1, 30, 31) });
    expect(taken.features.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});
