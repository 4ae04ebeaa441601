/** @file Entropies and mutual information: known answers, bounds, and what they do not depend on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ClassDraws,
  type Draws,
  expectedEntropy,
  mutualInformation,
  predictiveEntropy,
  variationRatio,
} from './entropy.js';
import { Moments } from './moments.js';

const ln2 = Math.log(2);

describe('known answers, in nats', () => {
  it('of one distribution: 0 where it is certain, ln C where all classes are alike', () => {
    const entropy = predictiveEntropy([1, 0, 0, 1 / 3, 1 / 3, 1 / 3, 0.5, 0.25, 0.25], 3);
    expect(entropy[0]).toBe(0);
    expect(entropy[1]).toBeCloseTo(Math.log(3), 15);
    // ½ ln 2 + 2 · ¼ ln 4
    expect(entropy[2]).toBeCloseTo(1.5 * ln2, 15);
  });

  it('of two networks that are each certain of another class: all of it is mutual information', () => {
    const draws = { probabilities: [1, 0, 0, 1], draws: 2, classes: 2 };
    expect(mutualInformation(draws)[0]).toBeCloseTo(ln2, 15);
    expect(expectedEntropy(draws)[0]).toBe(0);
    expect(variationRatio(draws)[0]).toBe(0.5);
  });

  it('of two networks that both find two classes alike: none of it is', () => {
    const draws = { probabilities: [0.5, 0.5, 0.5, 0.5], draws: 2, classes: 2 };
    expect(mutualInformation(draws)[0]).toBe(0);
    expect(expectedEntropy(draws)[0]).toBeCloseTo(ln2, 15);
    expect(variationRatio(draws)[0]).toBe(0);
  });

  it('of the three networks of an example with two classes, worked out by hand', () => {
    // p = 0.9, 0.8, 0.4 for class 0: mean 0.7.
    const h = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    const taken = new ClassDraws(1, 2);
    for (const p of [0.9, 0.8, 0.4]) taken.add([p, 1 - p]);
    const seen = taken.summary();
    expect(seen.probabilities[0]).toBeCloseTo(0.7, 15);
    expect(seen.entropy[0]).toBeCloseTo(h(0.7), 15);
    expect(seen.expectedEntropy[0]).toBeCloseTo((h(0.9) + h(0.8) + h(0.4)) / 3, 15);
    expect(seen.mutualInformation[0]).toBeCloseTo(h(0.7) - (h(0.9) + h(0.8) + h(0.4)) / 3, 15);
    expect(seen.std[0]).toBeCloseTo(Math.sqrt((0.2 ** 2 + 0.1 ** 2 + 0.3 ** 2) / 3), 15);
    expect(seen.variationRatio[0]).toBeCloseTo(1 / 3, 15);
  });

  it('counts the lowest of equally likely classes', () => {
    expect(
      variationRatio({ probabilities: [0.5, 0.5, 0.2, 0.8, 0.9, 0.1], draws: 3, classes: 2 })[0],
    ).toBeCloseTo(1 / 3, 15);
  });
});

/** T draws of N examples with C classes, probabilities of all sizes and zeros among them. */
const anyDraws: fc.Arbitrary<Draws & { readonly examples: number }> = fc
  .record({
    draws: fc.integer({ min: 1, max: 6 }),
    examples: fc.integer({ min: 1, max: 4 }),
    classes: fc.integer({ min: 2, max: 5 }),
  })
  .chain(({ draws, examples, classes }) =>
    fc
      .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1, noNaN: true })), {
        minLength: draws * examples * classes,
        maxLength: draws * examples * classes,
      })
      .map((weights) => {
        const probabilities = weights.map((weight, i) => {
          const from = i - (i % classes);
          const row = weights.slice(from, from + classes);
          const sum = row.reduce((a, b) => a + b, 0);
          return sum === 0 ? 1 / classes : weight / sum;
        });
        return { probabilities, draws, examples, classes };
      }),
  );

const all = (draws: Draws) => ({
  expected: expectedEntropy(draws),
  mutual: mutualInformation(draws),
  ratio: variationRatio(draws),
});

/** Takes blocks of a list in another order. */
const reorder = (xs: readonly number[], size: number, order: readonly number[]): number[] =>
  order.flatMap((block) => xs.slice(block * size, (block + 1) * size));

describe('whatever the draws are', () => {
  it('0 ≤ mutual information ≤ predictive entropy ≤ ln C, and the expected entropy is the rest', () => {
    fc.assert(
      fc.property(anyDraws, (draws) => {
        const { classes } = draws;
        const { expected, mutual, ratio } = all(draws);
        const taken = new ClassDraws(draws.examples, classes);
        const size = draws.examples * classes;
        for (let t = 0; t < draws.draws; t++)
          taken.add((draws.probabilities as number[]).slice(t * size, (t + 1) * size));
        const { entropy } = taken.summary();
        for (let n = 0; n < draws.examples; n++) {
          const [h, e, i, v] = [entropy[n], expected[n], mutual[n], ratio[n]] as [
            number,
            number,
            number,
            number,
          ];
          expect(i).toBeGreaterThanOrEqual(0);
          expect(e).toBeGreaterThanOrEqual(0);
          expect(i).toBeLessThanOrEqual(h + 1e-12);
          expect(h).toBeLessThanOrEqual(Math.log(classes) + 1e-12);
          expect(Math.abs(h - e - i)).toBeLessThan(1e-12);
          expect(v).toBeGreaterThanOrEqual(0);
          expect(v).toBeLessThanOrEqual(1 - 1 / Math.min(classes, draws.draws) + 1e-12);
        }
      }),
    );
  });

  it('the order of the draws does not matter, and that of examples and classes only reorders', () => {
    fc.assert(
      fc.property(anyDraws, fc.infiniteStream(fc.nat()), (draws, random) => {
        const shuffled = (length: number) => {
          const keys = Array.from({ length }, () => random.next().value as number);
          return keys.map((_, i) => i).sort((a, b) => (keys[a] as number) - (keys[b] as number));
        };
        const { probabilities, classes, examples } = draws;
        const list = probabilities as number[];
        const [seen, close] = [
          all(draws),
          (a: Float64Array, b: ArrayLike<number>) =>
            a.every((x, i) => Math.abs(x - (b[i] as number)) < 1e-12),
        ];

        const turns = all({
          ...draws,
          probabilities: reorder(list, examples * classes, shuffled(draws.draws)),
        });
        expect(close(seen.expected, turns.expected)).toBe(true);
        expect(close(seen.mutual, turns.mutual)).toBe(true);
        expect(close(seen.ratio, turns.ratio)).toBe(true);

        const order = shuffled(examples);
        const rows = Array.from({ length: draws.draws }, (_, t) => order.map((n) => t * examples + n)).flat();
        const others = all({ ...draws, probabilities: reorder(list, classes, rows) });
        expect(
          close(
            others.mutual,
            order.map((n) => seen.mutual[n] as number),
          ),
        ).toBe(true);

        const names = shuffled(classes);
        const renamed = all({
          ...draws,
          probabilities: list.map(
            (_, i) => list[i - (i % classes) + (names[i % classes] as number)] as number,
          ),
        });
        expect(close(seen.expected, renamed.expected)).toBe(true);
        expect(close(seen.mutual, renamed.mutual)).toBe(true);
      }),
    );
  });

  it('equal draws have no mutual information and no deviation, exactly', () => {
    fc.assert(
      fc.property(
        anyDraws,
        fc.integer({ min: 1, max: 50 }),
        ({ probabilities, examples, classes }, count) => {
          const first = (probabilities as number[]).slice(0, examples * classes);
          const taken = new ClassDraws(examples, classes);
          for (let t = 0; t < count; t++) taken.add(first);
          const seen = taken.summary();
          expect(new Set([...seen.mutualInformation, ...seen.std, ...seen.variationRatio])).toEqual(
            new Set([0]),
          );
          expect([...seen.probabilities]).toEqual(first);
        },
      ),
    );
  });
});

it('refuses what are no draws of distributions over classes', () => {
  expect(() => predictiveEntropy([0.5, 0.5, 1], 2)).toThrow(
    'predictiveEntropy: 3 probabilities are not rows of 2 classes',
  );
  expect(() => predictiveEntropy([1], 1)).toThrow('classes is 1; it must be a whole number, at least 2');
  expect(() => mutualInformation({ probabilities: [1, 0, 1, 0], draws: 3, classes: 2 })).toThrow(
    'mutualInformation: 4 probabilities are not 3 draws of rows of 2 classes',
  );
  expect(() => variationRatio({ probabilities: [1, 0], draws: 0, classes: 2 })).toThrow(
    'variationRatio: draws is 0; it must be a whole number, at least 1',
  );
});

it('moments are the mean and the variance of the draws, far from zero too', () => {
  const moments = new Moments(2);
  for (const x of [1e9 + 1, 1e9 + 2, 1e9 + 6]) moments.add([x, -x]);
  expect([...moments.mean]).toEqual([1e9 + 3, -1e9 - 3]);
  // (4 + 1 + 9) / 3
  for (const variance of moments.variance()) expect(variance).toBeCloseTo(14 / 3, 12);
});
