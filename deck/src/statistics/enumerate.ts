/** @file All masks of a few units, with their probabilities. */

export interface EnumeratedMask {
  /** 1 where kept. */
  readonly kept: readonly number[];
  /** keep^(number kept) · rate^(number dropped). */
  readonly probability: number;
}

/** The 2^units masks of independent drops; all dropped first, all kept last. */
export function allMasks(units: number, rate: number): readonly EnumeratedMask[] {
  return Array.from({ length: 2 ** units }, (_, bits) => {
    const kept = Array.from({ length: units }, (_, unit) => (bits >> (units - 1 - unit)) & 1);
    return { kept, probability: kept.reduce((p, k) => p * (k === 1 ? 1 - rate : rate), 1) };
  });
}
