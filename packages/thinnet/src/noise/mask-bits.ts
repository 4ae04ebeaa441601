/** @file The definition of a mask: which elements a rate drops, exact to 2^-41 at the price of 1 to 8 random bits an element. */

import { checkInteger, checkStream, counterHigh, counterLow, drawBlock, keyHigh, keyLow } from './counter.js';
import type { MaskDraw } from './draws.js';
import { checkDraw } from './draws-check.js';
import { philox4x32 } from './philox.js';
import { checkRate } from './rate.js';
import { PLANES, type Threshold, threshold } from './threshold.js';

/** Elements are numbered 0 to 2^51 − 1: the streams of 32 bits an element hold four to a block. */
export const ELEMENTS = 2 ** 51;

/** Elements whose bit planes share eight blocks. */
export const GROUP = 128;

/** Checks a mask's arguments and its range of elements. Errors: any of them out of range. */
export function checkMask(draw: MaskDraw, length: number): void {
  checkDraw(draw);
  const { seed, step, site, rate, offset = 0 } = draw;
  checkRate(rate, `noise site ${site}`);
  checkStream({ seed, purpose: 'mask', step, site });
  checkInteger('offset', offset, ELEMENTS - length + 1);
}

/**
 * Calls `visit` with the kept elements of a range, 32 at a time.
 *
 * Element e is dropped when its 40-bit number u(e) is below T = round(rate · 2^40), so with probability T / 2^40.
 *
 *     bit 39 − p of u(e), p = 0 … 7:  bit e mod 128 of block 8 ⌊e / 128⌋ + p of the `mask` stream
 *     bits 31 … 0 of u(e):            word e mod 4 of block ⌊e / 4⌋ of the `refine` stream
 *
 * where bit i of a block is bit i mod 32, counted from the least significant, of its word ⌊i / 32⌋. The upper eight bits of 128
 * elements are thus eight blocks, one a bit plane, and comparing is one logical operation a plane for many elements at
 * once. The bits are drawn only as far as they matter: planes below the last bit of T that is 1 cannot change the outcome, so
 * rate 1/2 takes 1 bit an element, 1/4 and 3/4 take 2; and the refine word matters to an element only if its eight bits
 * equal T's, as happens to one in 256.
 *
 * Any part of a mask equals the same part of the whole, whatever its offset and length. Masks of one (seed, step, site) nest:
 * what a lower rate drops, a higher rate drops too.
 *
 * @param visit gets a word whose bit i is 1 where element offset + base + i is kept; base is negative, or base + 32 above
 *   `length`, where the word reaches beyond the range
 */
export function visitMask(draw: MaskDraw, length: number, visit: (word: number, base: number) => void): void {
  checkMask(draw, length);
  const { offset = 0, rate } = draw;
  const limit = threshold(rate);
  const words = new Uint32Array(4);
  let group = Math.floor(offset / GROUP);
  for (let base = group * GROUP - offset; base < length; base += GROUP, group++) {
    if (limit.planes === 0) words.fill(limit.first === 0 ? -1 : 0);
    else keptInGroup(draw, group, limit, words);
    for (let w = 0; w < 4; w++) {
      const at = base + 32 * w;
      if (at + 32 > 0 && at < length) visit(words[w] as number, at);
    }
  }
}

/** The kept ones of a group's 128 elements as bits. */
function keptInGroup(
  { seed, step, site }: MaskDraw,
  group: number,
  limit: Threshold,
  kept: Uint32Array,
): void {
  const { first, rest, planes } = limit;
  const key0 = keyLow(seed);
  const key1 = keyHigh(seed);
  const block = new Uint32Array(4);
  const tied = new Uint32Array(4).fill(-1);
  kept.fill(-1);
  // From the last plane to the first: u < T is decided by the most significant plane in which they differ.
  for (let p = planes - 1; p >= 0; p--) {
    const index = group * PLANES + p;
    philox4x32(counterLow(index), counterHigh(index, 'mask'), step, site, key0, key1, block);
    const one = ((first >>> (7 - p)) & 1) === 1;
    for (let w = 0; w < 4; w++) {
      const bits = block[w] as number;
      kept[w] = one ? (kept[w] as number) & bits : (kept[w] as number) | bits;
      tied[w] = (tied[w] as number) & (one ? bits : ~bits);
    }
  }
  if (rest === 0) return;
  for (let w = 0; w < 4; w++) {
    for (let i = 0, ties = tied[w] as number; ties !== 0; i++, ties >>>= 1) {
      if ((ties & 1) === 0) continue;
      const e = 32 * w + i;
      drawBlock({ seed, purpose: 'refine', step, site }, group * (GROUP / 4) + (e >>> 2), block);
      if ((block[e & 3] as number) < rest) kept[w] = (kept[w] as number) & ~(1 << i);
    }
  }
}
