/**
 * @file How (seed, purpose, step, site, block) becomes a Philox counter and key. This layout is a permanent contract:
 * changing it changes every mask and every initial weight that a seed stands for.
 *
 * | word | bits | meaning |
 * | --- | --- | --- |
 * | key 0 | 0–31 | seed, low 32 bits |
 * | key 1 | 0–20 | seed, high 21 bits |
 * | counter 0 | 0–31 | block, low 32 bits |
 * | counter 1 | 0–16 | block, high 17 bits |
 * | counter 1 | 17–23 | 0 |
 * | counter 1 | 24–31 | purpose |
 * | counter 2 | 0–31 | step |
 * | counter 3 | 0–31 | site |
 *
 * No two (purpose, step, site, block) share a counter, so no two draws of one seed share a random word.
 */
import { ThinnetError } from '../error.js';
import { philox4x32 } from './philox.js';

/** What a random word is for. Numbers are never reused; new purposes take the next free one. */
export const purposes = {
  /** Dropout masks: up to eight bits an element, each from a block of its own (`mask-bits.ts`). */
  mask: 0,
  /** The 32 further bits of the few elements whose eight bits tie with the threshold's. */
  refine: 1,
  /** Initial parameters; step is 0 and site the parameter's index. */
  init: 2,
  /** Permutations of the examples; step is the epoch, or one of `permutations`. */
  shuffle: 3,
  /** Uniform noise: a word an element (`uniform.ts`). */
  uniform: 4,
  /** Normal noise: a word an element (`gaussian.ts`). */
  gaussian: 5,
} as const;

export type Purpose = keyof typeof purposes;

/**
 * Indices of permutations (`permutation`; the `step` of the `shuffle` stream) are shared out by what the order is for, each
 * use counting from its number below the next one's. Like purposes, they never change.
 */
export const permutations = {
  /** The order of the examples in each epoch. */
  epochs: 0,
  /** The order of the classes in a balanced subset, then that of each class's examples. */
  subset: 2 ** 31,
  /** The order of each class's examples in a split into a training and a test set. */
  split: 2 ** 31 + 2 ** 30,
  /** The order in which units are taken away (`ablationMask`). */
  ablation: 2 ** 31 + 2 ** 30 + 2 ** 29,
} as const;

/** One sequence of random words: block b holds words 4b to 4b + 3. */
export interface Stream {
  /** 0 to 2^53 − 1. */
  readonly seed: number;
  readonly purpose: Purpose;
  /** 0 to 2^32 − 1. */
  readonly step: number;
  /** 0 to 2^32 − 1; ids of noise sites stay below 2^24. */
  readonly site: number;
}

/** Blocks are numbered 0 to 2^49 − 1. */
export const BLOCKS = 2 ** 49;

const WORD = 2 ** 32;

export const keyLow = (seed: number): number => seed >>> 0;
export const keyHigh = (seed: number): number => Math.floor(seed / WORD);
export const counterLow = (block: number): number => block >>> 0;
export const counterHigh = (block: number, purpose: Purpose): number =>
  Math.floor(block / WORD) | (purposes[purpose] << 24);

/** Checks an integer 0 ≤ value < bound. Errors: anything else. */
export function checkInteger(what: string, value: number, bound: number): number {
  if (Number.isSafeInteger(value) && value >= 0 && value < bound) return value;
  const last =
    bound > Number.MAX_SAFE_INTEGER
      ? '2^53 - 1'
      : Number.isInteger(Math.log2(bound))
        ? `2^${Math.log2(bound)} - 1`
        : `${bound - 1}`;
  throw new ThinnetError(`${what} is ${value}; it must be an integer from 0 to ${last}`);
}

export const checkSeed = (seed: number): number => checkInteger('seed', seed, 2 ** 53);
export const checkStep = (step: number): number => checkInteger('step', step, WORD);

/** Checks a stream's four coordinates. Errors: one out of range. */
export function checkStream(stream: Stream): Stream {
  checkSeed(stream.seed);
  checkStep(stream.step);
  checkInteger('site', stream.site, WORD);
  return stream;
}

/** Writes a stream's block (four words) into `out`. The caller has checked the ranges. */
export function drawBlock(stream: Stream, block: number, out: Uint32Array): void {
  const { seed, purpose, step, site } = stream;
  philox4x32(counterLow(block), counterHigh(block, purpose), step, site, keyLow(seed), keyHigh(seed), out);
}
