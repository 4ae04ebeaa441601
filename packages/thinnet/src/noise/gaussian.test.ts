/** @file Normal noise against the quantile function in double precision, and its layout. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalTail } from '../testing/probability.js';
import { drawBlock } from './counter.js';
import { fillGaussianNoise, normalFloat32 } from './gaussian.js';
import { ELEMENTS } from './mask-bits.js';
import { normalQuantile } from './normal.js';

const words = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.nat(2 ** 20),
  fc.integer({ min: 0, max: 31 }).map((power) => 2 ** power),
);

const gaussian = (length: number, offset = 0, mean = 0, std = 1): Float32Array => {
  const out = new Float32Array(length);
  fillGaussianNoise(out, { seed: 5, step: 6, site: 7, offset, mean, std });
  return out;
};

describe('normalFloat32', () => {
  it('is the normal quantile of the word to a relative error of 4e-7', () => {
    fc.assert(
      fc.property(words, (word) => {
        const exact = normalQuantile(word);
        expect(Math.abs(normalFloat32(word) - exact)).toBeLessThan(4e-7 * Math.abs(exact));
      }),
      { numRuns: 20_000 },
    );
  });

  it('is so on both sides of the seam of its two pieces', () => {
    // v = 7 where 4 p (1 − p) = 2^-7.
    const seam = Math.round(2 ** 32 * (0.5 - Math.sqrt(1 - 2 ** -7) / 2));
    for (let word = seam - 500; word < seam + 500; word++)
      expect(normalFloat32(word) / normalQuantile(word)).toBeCloseTo(1, 6);
  });

  it('is antisymmetric about the middle, to the bit', () => {
    fc.assert(fc.property(words, (word) => normalFloat32(2 ** 32 - 1 - word) === -normalFloat32(word)));
  });

  it('gives the numbers it always gave', () => {
    expect([0, 1, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 3 * 2 ** 30, 2 ** 32 - 1].map(normalFloat32)).toEqual([
      -6.337958335876465, -6.166429042816162, -0.6744897365570068, -2.918099095694515e-10,
      2.918099095694515e-10, 0.6744897365570068, 6.337958335876465,
    ]);
  });
});

describe('fillGaussianNoise', () => {
  it('takes word e mod 4 of block ⌊e / 4⌋ of the gaussian stream for element e', () => {
    const offsets = fc.oneof(
      fc.nat(50),
      fc.integer({ min: 2 ** 34 - 9, max: 2 ** 34 }),
      fc.constant(ELEMENTS - 20),
    );
    fc.assert(
      fc.property(offsets, fc.nat(20), fc.float({ noNaN: true, min: -9, max: 9 }), (offset, length, mean) => {
        const std = 0.7;
        const block = new Uint32Array(4);
        const expected = Float32Array.from({ length }, (_, i) => {
          const stream = { seed: 5, purpose: 'gaussian', step: 6, site: 7 } as const;
          drawBlock(stream, Math.floor((offset + i) / 4), block);
          const z = normalFloat32(block[(offset + i) % 4] as number);
          return mean + Math.fround(Math.fround(std) * z);
        });
        expect(gaussian(length, offset, mean, std)).toEqual(expected);
      }),
    );
  });

  it('has the moments of N(mean, std²), within what a level of 1e-4 allows', () => {
    const n = 2 ** 16;
    const z = gaussian(n, 0, 1, 2).map((x) => (x - 1) / 2);
    const moment = (k: number) => z.reduce((sum, x) => sum + x ** k, 0) / n;
    for (const [k, mean, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const)
      expect(normalTail((moment(k) - mean) / Math.sqrt(variance / n))).toBeGreaterThan(1e-4);
  });

  it('refuses what is out of range', () => {
    expect(() => gaussian(1, 0, Number.NaN)).toThrow('mean is NaN; it must be a finite number');
    expect(() => gaussian(1, 0, 0, Number.POSITIVE_INFINITY)).toThrow('std is Infinity');
    expect(() => gaussian(1, 0, 0, -1)).toThrow('std is -1; it must not be negative');
    expect(() => gaussian(2, ELEMENTS - 1)).toThrow('offset is 2251799813685247');
  });
});
