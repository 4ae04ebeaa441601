/** @file The normal quantile against the distribution function and known values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalTail } from '../testing/probability.js';
import { normalQuantile } from './normal.js';

const words = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(2 ** 20), fc.nat(1000));

describe('normalQuantile', () => {
  it('inverts the distribution function: P(Z ≤ z) = (word + ½) / 2^32, to 1e-11 of the smaller tail', () => {
    fc.assert(
      fc.property(words, (word) => {
        const below = (word + 0.5) / 2 ** 32;
        const tail = Math.min(below, 1 - below);
        expect(normalTail(normalQuantile(word)) / 2 / tail).toBeCloseTo(1, 11);
      }),
      { numRuns: 2000 },
    );
  });

  it('is antisymmetric about the middle, to the bit', () => {
    fc.assert(fc.property(words, (word) => normalQuantile(2 ** 32 - 1 - word) === -normalQuantile(word)));
  });

  it('rises with the word, across the seams of its three pieces', () => {
    for (const seam of [0.075, Math.exp(-25)].flatMap((p) => [p * 2 ** 32, (1 - p) * 2 ** 32])) {
      const from = Math.max(0, Math.floor(seam) - 20);
      const values = Array.from({ length: 40 }, (_, i) => normalQuantile(Math.min(from + i, 2 ** 32 - 1)));
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it('knows the usual quantiles', () => {
    expect(normalQuantile(Math.round(0.975 * 2 ** 32 - 0.5))).toBeCloseTo(1.959963984540054, 8);
    expect(normalQuantile(Math.round(0.75 * 2 ** 32))).toBeCloseTo(0.6744897501960817, 8);
    expect(Math.abs(normalQuantile(0))).toBeCloseTo(6.3378, 3);
  });
});
