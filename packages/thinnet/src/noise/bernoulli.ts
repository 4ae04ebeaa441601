/** @file The definition of a mask: which elements a rate drops, exact to 2^-41 at the price of about 8 random bits an element. */

import type { Stream } from './counter.js';
import { checkInteger, checkStream, counterHigh, counterLow, drawBlock, keyHigh, keyLow } from './counter.js';
import { philox4x32 } from './philox.js';
import { checkRate } from './rate.js';

/** Which mask to draw, and what to write for its two outcomes. */
export interface BernoulliDraw {
  readonly seed: number;
  readonly step: number;
  readonly site: number;
  /** Probability to drop. */
  readonly rate: number;
  /** Index, in the whole tensor, of the first element to write; 0 unless given. */
  readonly offset?: number;
  /** Value of a dropped element. */
  readonly dropped: number;
  /** Value of a kept element. */
  readonly kept: number;
}

/** What draws noise. Every implementation gives the same bits as `referenceKernels`. */
export interface NoiseKernels {
  readonly name: string;
  /** Fills `out` with elements offset … offset + out.length − 1 of a tensor's mask. */
  fillBernoulli(out: Float32Array, draw: BernoulliDraw): void;
}

/** Elements are numbered 0 to 2^51 − 1: the refine stream holds four to a block. */
export const ELEMENTS = 2 ** 51;

/** The drop threshold T = round(rate · 2^40): its first byte (0 to 256) and the 32 bits after it. */
export function threshold(rate: number): { first: number; rest: number } {
  const t = Math.round(rate * 2 ** 40);
  return { first: Math.floor(t / 2 ** 32), rest: t >>> 0 };
}

/**
 * Fills part of a mask. Element e is dropped when its 40-bit number u(e) is below T = round(rate · 2^40), so with
 * probability T / 2^40. The 40 bits are drawn lazily, most significant byte first:
 *
 *     byte(e)   = byte e mod 16 of block ⌊e / 16⌋ of the `mask` stream; words in order, bytes little-endian
 *     byte < ⌊T / 2^32⌋: dropped;   byte > ⌊T / 2^32⌋: kept;   equal (1 in 256):
 *     word(e)   = word e mod 4 of block ⌊e / 4⌋ of the `refine` stream;   dropped when word < T mod 2^32
 *
 * Any part equals the same part of the whole, whatever the offset and length.
 * Errors: a rate outside [0, 1]; seed, step, site or an element out of range.
 */
export function fillBernoulli(out: Float32Array, draw: BernoulliDraw): void {
  const { seed, step, site, rate, offset = 0, dropped, kept } = draw;
  checkRate(rate, `noise site ${site}`);
  checkStream({ seed, purpose: 'mask', step, site });
  checkInteger('offset', offset, ELEMENTS - out.length + 1);
  const { first, rest } = threshold(rate);
  if (first > 255) out.fill(dropped);
  else if (first === 0 && rest === 0) out.fill(kept);
  else
    fillBlocks(
      out,
      offset,
      { seed, purpose: 'mask', step, site },
      valueTable(first, dropped, kept),
      first,
      rest,
    );
}

/** The plain TypeScript implementation, against which all others are tested. */
export const referenceKernels: NoiseKernels = { name: 'typescript', fillBernoulli };

/** An element's value by its byte, and at 256 and 257 the two outcomes of a refinement. */
function valueTable(first: number, dropped: number, kept: number): Float32Array {
  const table = new Float32Array(258);
  table.fill(dropped, 0, first);
  table.fill(kept, first, 256);
  table[256] = dropped;
  table[257] = kept;
  return table;
}

function fillBlocks(
  out: Float32Array,
  offset: number,
  stream: Stream,
  table: Float32Array,
  first: number,
  rest: number,
): void {
  const { seed, step, site } = stream;
  const key0 = keyLow(seed);
  const key1 = keyHigh(seed);
  const words = new Uint32Array(4);
  const pattern = Math.imul(first, 0x01010101);
  const refined = new Uint32Array(4);
  let block = Math.floor(offset / 16);
  // Position in `out` of the block's first element: negative where `out` begins inside the block.
  for (let base = block * 16 - offset; base < out.length; base += 16, block++) {
    philox4x32(counterLow(block), counterHigh(block, 'mask'), step, site, key0, key1, words);
    for (let w = 0; w < 4; w++) {
      const word = words[w] as number;
      const at = base + 4 * w;
      if (at >= 0 && at + 4 <= out.length) {
        out[at] = table[word & 255] as number;
        out[at + 1] = table[(word >>> 8) & 255] as number;
        out[at + 2] = table[(word >>> 16) & 255] as number;
        out[at + 3] = table[word >>> 24] as number;
      } else {
        for (let i = 0; i < 4; i++)
          if (at + i >= 0 && at + i < out.length) out[at + i] = table[(word >>> (8 * i)) & 255] as number;
      }
      // Does some byte of the word equal `first`? The classic zero-byte test; it has no false negatives.
      const difference = word ^ pattern;
      if (((difference - 0x01010101) & ~difference & 0x80808080) === 0) continue;
      for (let i = 0; i < 4; i++) {
        if (((word >>> (8 * i)) & 255) !== first || at + i < 0 || at + i >= out.length) continue;
        drawBlock({ seed, purpose: 'refine', step, site }, block * 4 + w, refined);
        out[at + i] = table[(refined[i] as number) < rest ? 256 : 257] as number;
      }
    }
  }
}
