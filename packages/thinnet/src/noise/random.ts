/** @file Random permutations and initial values, each a pure function of its seed and index. */
import { ThinnetError } from '../error.js';
import type { Stream } from './counter.js';
import { checkInteger, checkStream, drawBlock } from './counter.js';
import { normalQuantile } from './normal.js';
import { mulHigh } from './philox.js';

/** A stream's words one after another. */
function wordsOf(stream: Stream): () => number {
  checkStream(stream);
  const words = new Uint32Array(4);
  let next = 0;
  return () => {
    const lane = next & 3;
    if (lane === 0) drawBlock(stream, next / 4, words);
    next++;
    return words[lane] as number;
  };
}

/**
 * A uniformly random integer 0 to bound − 1, without bias: the high half of word · bound, words whose low half is
 * below 2^32 mod bound being rejected. Lemire 2019, "Fast random integer generation in an interval", algorithm 5.
 *
 * @param bound 1 to 2^32 − 1
 */
function below(bound: number, next: () => number): number {
  const excess = 2 ** 32 % bound;
  for (;;) {
    const word = next();
    if (Math.imul(word, bound) >>> 0 >= excess) return mulHigh(word, bound) >>> 0;
  }
}

/**
 * The `index`-th random permutation of 0 … n − 1 under a seed: the order of the examples in epoch `index`.
 * Fisher–Yates over the `shuffle` stream, step = index, site = 0.
 *
 * @param n 0 to 2^32 − 1
 * @param index 0 to 2^32 − 1
 */
export function permutation(n: number, seed: number, index: number): Uint32Array {
  checkInteger('length of a permutation', n, 2 ** 32);
  const next = wordsOf({
    seed,
    purpose: 'shuffle',
    step: checkInteger('index of a permutation', index, 2 ** 32),
    site: 0,
  });
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = below(i + 1, next);
    const taken = order[j] as number;
    order[j] = order[i] as number;
    order[i] = taken;
  }
  return order;
}

/**
 * Fills `out` with uniform numbers: element e is low + (high − low) · ⌊w(e) / 2^8⌋ / 2^24 of word e of the `init` stream,
 * site = index, rounded to float32.
 *
 * Errors: bounds that are not finite or in the wrong order; seed or index out of range.
 */
export function fillUniform(out: Float32Array, seed: number, index: number, low: number, high: number): void {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low > high)
    throw new ThinnetError(
      `uniform numbers from ${low} to ${high}: both bounds must be finite, the lower one first`,
    );
  const next = wordsOf({ seed, purpose: 'init', step: 0, site: index });
  for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * ((next() >>> 8) * 2 ** -24);
}

/**
 * Fills `out` with normal numbers: element e is mean + std · Φ⁻¹((w(e) + ½) / 2^32) of word e of the `init` stream,
 * site = index, rounded to float32; so |element − mean| stays below 6.34 std.
 * By inversion, with arithmetic that IEEE 754 defines exactly: the same bits in every JavaScript engine.
 *
 * Errors: a mean or std that is not finite, std < 0; seed or index out of range.
 */
export function fillNormal(out: Float32Array, seed: number, index: number, mean: number, std: number): void {
  if (!Number.isFinite(mean) || !Number.isFinite(std) || std < 0)
    throw new ThinnetError(
      `normal numbers with mean ${mean} and std ${std}: both must be finite, std not negative`,
    );
  const next = wordsOf({ seed, purpose: 'init', step: 0, site: index });
  for (let i = 0; i < out.length; i++) out[i] = mean + std * normalQuantile(next());
}
