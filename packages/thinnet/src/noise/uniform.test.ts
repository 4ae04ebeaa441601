/** @file Uniform noise: its layout, its range, its distribution. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareTest } from '../testing/probability.js';
import { drawBlock } from './counter.js';
import { ELEMENTS } from './mask-bits.js';
import { fillUniformNoise } from './uniform.js';

const uniform = (length: number, offset = 0): Float32Array => {
  const out = new Float32Array(length);
  fillUniformNoise(out, { seed: 5, step: 6, site: 7, offset });
  return out;
};

describe('fillUniformNoise', () => {
  it('is (⌊w / 2^9⌋ + ½) / 2^23 of word e mod 4 of block ⌊e / 4⌋ of the uniform stream for element e', () => {
    const offsets = fc.oneof(
      fc.nat(50),
      fc.integer({ min: 2 ** 34 - 9, max: 2 ** 34 }),
      fc.constant(ELEMENTS - 20),
    );
    fc.assert(
      fc.property(offsets, fc.nat(20), (offset, length) => {
        const block = new Uint32Array(4);
        const expected = Float32Array.from({ length }, (_, i) => {
          const stream = { seed: 5, purpose: 'uniform', step: 6, site: 7 } as const;
          drawBlock(stream, Math.floor((offset + i) / 4), block);
          return (2 * Math.floor((block[(offset + i) % 4] as number) / 2 ** 9) + 1) / 2 ** 24;
        });
        expect(uniform(length, offset)).toEqual(expected);
      }),
    );
  });

  it('lies strictly between 0 and 1, evenly over 64 bins', () => {
    const xs = uniform(2 ** 16);
    expect(xs.every((x) => x > 0 && x < 1)).toBe(true);
    const seen = new Uint32Array(64);
    for (const x of xs) seen[Math.floor(64 * x)]!++;
    expect(chiSquareTest(seen, new Float64Array(64).fill(xs.length / 64))).toBeGreaterThan(1e-4);
  });

  it('refuses elements out of range', () => {
    expect(() => uniform(2, ELEMENTS - 1)).toThrow('offset is 2251799813685247');
  });
});
