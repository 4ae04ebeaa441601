/** @file Which random words come next: the keys of a seed, and all of Philox that does not depend on the block's low word. */
import { HEAD, KEYS } from './map';

export const M0: u32 = 0xd2511f53;
export const M1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;

/** Purposes, as in counter.ts. */
export const MASK: u32 = 0;
export const REFINE: u32 = 1;
export const UNIFORM: u32 = 4;
export const GAUSSIAN: u32 = 5;

let step: u32 = 0;
let site: u32 = 0;
/** The counter's word 1 that HEAD was computed for; no counter has its bits 17 to 23 set. */
let headOf: u32 = 0xffffffff;

/** Chooses the seed, step and site of the draws that follow. */
export function open(seedLow: u32, seedHigh: u32, newStep: u32, newSite: u32): void {
  for (let round: usize = 0; round < 10; round++) {
    v128.store(KEYS + 32 * round, i32x4.splat(seedLow));
    v128.store(KEYS + 32 * round, i32x4.splat(seedHigh), 16);
    seedLow += WEYL_0;
    seedHigh += WEYL_1;
  }
  step = newStep;
  site = newSite;
  headOf = 0xffffffff;
}

/**
 * The first two rounds meet words that all blocks of a stream share: counter words 1 to 3, and after one round words 0 and 1.
 * Their products are computed here, once, so those rounds cost one product a block instead of two.
 */
export function head(block: u64, purpose: u32): void {
  const word1 = <u32>(block >> 32) | (purpose << 24);
  if (word1 === headOf) return;
  headOf = word1;
  const p1 = <u64>M1 * step;
  const word0 = <u32>(p1 >> 32) ^ word1 ^ load<u32>(KEYS);
  const p0 = <u64>M0 * word0;
  v128.store(HEAD, i32x4.splat(site ^ load<u32>(KEYS, 16)));
  v128.store(HEAD, i32x4.splat(<u32>p1 ^ load<u32>(KEYS, 32)), 16);
  v128.store(HEAD, i32x4.splat(<u32>(p0 >> 32) ^ load<u32>(KEYS, 48)), 32);
  v128.store(HEAD, i32x4.splat(<u32>p0), 48);
}
