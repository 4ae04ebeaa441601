/** @file The layout of counters and keys, pinned: every mask and every initial weight depends on it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { BLOCKS, checkStream, drawBlock, type Purpose, purposes } from './counter.js';
import { philox4x32 } from './philox.js';

const seeds = fc.maxSafeNat();
const words = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const purposeNames = fc.constantFrom(...(Object.keys(purposes) as Purpose[]));

describe('counter', () => {
  it('puts seed, purpose, step, site and block where the contract says', () => {
    const block = fc.integer({ min: 0, max: BLOCKS - 1 });
    fc.assert(
      fc.property(seeds, purposeNames, words, words, block, (seed, purpose, step, site, b) => {
        const counter =
          BigInt(b) + (BigInt(purposes[purpose]) << 56n) + (BigInt(step) << 64n) + (BigInt(site) << 96n);
        const word = (x: bigint, i: bigint): number => Number((x >> (32n * i)) & 0xffffffffn);
        const expected = new Uint32Array(4);
        const [c0, c1, c2, c3] = [0n, 1n, 2n, 3n].map((i) => word(counter, i)) as [
          number,
          number,
          number,
          number,
        ];
        philox4x32(c0, c1, c2, c3, word(BigInt(seed), 0n), word(BigInt(seed), 1n), expected);
        const out = new Uint32Array(4);
        drawBlock({ seed, purpose, step, site }, b, out);
        expect(out).toEqual(expected);
      }),
    );
  });

  it('keeps the numbers of the purposes', () => {
    expect(purposes).toEqual({ mask: 0, refine: 1, init: 2, shuffle: 3, uniform: 4, gaussian: 5 });
  });

  it.each([
    [{ seed: -1 }, 'seed is -1; it must be an integer from 0 to 2^53 - 1'],
    [{ seed: 2 ** 53 }, 'seed is 9007199254740992; it must be an integer from 0 to 2^53 - 1'],
    [{ seed: 0.5 }, 'seed is 0.5; it must be an integer from 0 to 2^53 - 1'],
    [{ step: 2 ** 32 }, 'step is 4294967296; it must be an integer from 0 to 2^32 - 1'],
    [{ step: Number.NaN }, 'step is NaN; it must be an integer from 0 to 2^32 - 1'],
    [{ site: -3 }, 'site is -3; it must be an integer from 0 to 2^32 - 1'],
  ])('refuses %o', (wrong, message) => {
    expect(() => checkStream({ seed: 0, purpose: 'mask', step: 0, site: 0, ...wrong })).toThrow(
      new ThinnetError(message),
    );
  });
});
