/** @file A rate as the 40-bit threshold that random numbers are compared with. */

/** Random numbers of elements have 40 bits. */
const SCALE = 2 ** 40;
const WORD = 2 ** 32;
/** How many of their bits, the most significant, come as bit planes; the rest only where these leave a tie. */
export const PLANES = 8;

/** T = round(rate · 2^40), taken apart. */
export interface Threshold {
  /** T / 2^32 rounded down: what the bit planes are compared with, 0 to 256. */
  readonly first: number;
  /** T mod 2^32: what the refine word of a tie is compared with. */
  readonly rest: number;
  /** How many bit planes decide: 8 less the zeros that T ends in, 0 for the rates 0 and 1. */
  readonly planes: number;
}

export function threshold(rate: number): Threshold {
  const t = Math.round(rate * SCALE);
  const first = Math.floor(t / WORD);
  const rest = t - first * WORD;
  // 31 − clz32(x & −x) is the number of zeros that x ends in.
  const planes = rest !== 0 ? PLANES : first % 256 === 0 ? 0 : PLANES - (31 - Math.clz32(first & -first));
  return { first, rest, planes };
}
