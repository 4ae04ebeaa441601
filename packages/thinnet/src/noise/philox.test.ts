/** @file Philox against Random123's known answers and exact integer arithmetic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulHigh, philox4x32 } from './philox.js';

const hex = (words: string): number[] => words.split(' ').map((word) => Number.parseInt(word, 16));

describe('philox4x32', () => {
  // Random123, kat_vectors: counter, key, output.
  it.each([
    ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ])('gives the known answer for counter %s, key %s', (counter, key, answer) => {
    const [c0, c1, c2, c3] = hex(counter) as [number, number, number, number];
    const [k0, k1] = hex(key) as [number, number];
    const out = new Uint32Array(4);
    philox4x32(c0, c1, c2, c3, k0, k1, out);
    expect(Array.from(out)).toEqual(hex(answer));
  });

  it('takes words as signed or unsigned 32-bit integers alike', () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word, word, word), (words) => {
        const [a, b] = [new Uint32Array(4), new Uint32Array(4)];
        philox4x32(...words, a);
        philox4x32(...(words.map((x) => x | 0) as typeof words), b);
        expect(b).toEqual(a);
      }),
    );
  });
});

describe('mulHigh', () => {
  it('is the upper half of the exact 64-bit product', () => {
    const word = fc.oneof(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, 0xffffffff),
    );
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(mulHigh(a, b) >>> 0).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
      }),
      { numRuns: 1000 },
    );
  });
});
