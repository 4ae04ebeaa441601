/** @file Permutations and initial values: pure, pinned and, at level 1e-4 with fixed seeds, as distributed as they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareTest, normalTail } from '../testing/probability.js';
import { drawBlock } from './counter.js';
import { normalQuantile } from './normal.js';
import { fillNormal, fillUniform, permutation } from './random.js';

const LEVEL = 1e-4;
const N = 2 ** 16;

const uniform = (length: number, seed = 3, index = 0, low = 0, high = 1): Float32Array => {
  const out = new Float32Array(length);
  fillUniform(out, seed, index, low, high);
  return out;
};
const normal = (length: number, seed = 3, index = 0, mean = 0, std = 1): Float32Array => {
  const out = new Float32Array(length);
  fillNormal(out, seed, index, mean, std);
  return out;
};
const meanOf = (xs: ArrayLike<number>, f: (x: number) => number = (x) => x): number =>
  Array.from(xs, f).reduce((sum, x) => sum + x, 0) / xs.length;

/** The p-value of a sample mean under known mean and variance. */
const meanTest = (xs: ArrayLike<number>, f: (x: number) => number, mean: number, variance: number): number =>
  normalTail((meanOf(xs, f) - mean) / Math.sqrt(variance / xs.length));

describe('permutation', () => {
  it('holds every number below n once, and is the same whenever drawn', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.maxSafeNat(), fc.nat(), (n, seed, index) => {
        const order = permutation(n, seed, index);
        expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(permutation(n, seed, index)).toEqual(order);
      }),
    );
  });

  it('gives all 24 orders of four evenly over indices, and over seeds', () => {
    for (const drawn of [(i: number) => permutation(4, 1, i), (i: number) => permutation(4, i, 1)]) {
      const seen = new Map<string, number>();
      for (let i = 0; i < 24_000; i++) {
        const key = drawn(i).join();
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      expect(seen.size).toBe(24);
      expect(chiSquareTest([...seen.values()], Array(24).fill(1000))).toBeGreaterThan(LEVEL);
    }
  });

  it('puts each of 50 elements at each place equally often', () => {
    const [n, times] = [50, 4000];
    const seen = new Uint32Array(n * n);
    for (let i = 0; i < times; i++)
      for (const [place, x] of permutation(n, 9, i).entries()) seen[place * n + x]!++;
    // Rows and columns have fixed sums: (n − 1)² degrees of freedom, and the statistic scales by (n − 1) / n.
    const scaled = new Float64Array(n * n).fill(times / n);
    expect(chiSquareTest(seen, scaled, (n - 1) ** 2)).toBeGreaterThan(LEVEL);
  });

  it('draws the order it always drew', () => {
    expect(permutation(10, 1, 0).join(' ')).toBe('8 7 4 2 5 0 3 1 6 9');
    expect(permutation(10, 2 ** 53 - 1, 2 ** 32 - 1).join(' ')).toBe('0 9 5 8 7 3 6 1 4 2');
  });

  it('refuses what is out of range', () => {
    expect(() => permutation(-1, 0, 0)).toThrow(
      'length of a permutation is -1; it must be an integer from 0 to 2^32 - 1',
    );
    expect(() => permutation(3, 0.5, 0)).toThrow('seed is 0.5');
    expect(() => permutation(3, 0, 2 ** 32)).toThrow('index of a permutation is 4294967296');
  });
});

describe('fillUniform', () => {
  it('stays inside its bounds, evenly over 64 bins', () => {
    const xs = uniform(N, 3, 0, -2, 6);
    const seen = new Uint32Array(64);
    for (const x of xs) seen[Math.floor((x + 2) * 8)]!++;
    expect(seen.reduce((a, b) => a + b)).toBe(N);
    expect(chiSquareTest(seen, new Float64Array(64).fill(N / 64))).toBeGreaterThan(LEVEL);
  });

  it('has mean 1/2 and variance 1/12', () => {
    const xs = uniform(N, 4);
    expect(meanTest(xs, (x) => x, 1 / 2, 1 / 12)).toBeGreaterThan(LEVEL);
    expect(meanTest(xs, (x) => (x - 0.5) ** 2, 1 / 12, 1 / 180)).toBeGreaterThan(LEVEL);
  });

  it('differs between indices and seeds, and not between lengths', () => {
    expect(uniform(8, 3, 1)).not.toEqual(uniform(8, 3, 0));
    expect(uniform(8, 4, 0)).not.toEqual(uniform(8, 3, 0));
    expect(uniform(100).slice(0, 7)).toEqual(uniform(7));
  });

  it('refuses bounds that are no interval', () => {
    expect(() => uniform(1, 0, 0, 2, 1)).toThrow(
      'uniform numbers from 2 to 1: both bounds must be finite, the lower one first',
    );
    expect(() => uniform(1, 0, 0, 0, Number.POSITIVE_INFINITY)).toThrow('from 0 to Infinity');
  });
});

describe('fillNormal', () => {
  it('has the moments of N(0, 1): 0, 1, 0, 3', () => {
    const xs = normal(N);
    expect(meanTest(xs, (x) => x, 0, 1)).toBeGreaterThan(LEVEL);
    expect(meanTest(xs, (x) => x ** 2, 1, 2)).toBeGreaterThan(LEVEL);
    expect(meanTest(xs, (x) => x ** 3, 0, 15)).toBeGreaterThan(LEVEL);
    expect(meanTest(xs, (x) => x ** 4, 3, 96)).toBeGreaterThan(LEVEL);
  });

  it('fills 32 bins of equal probability evenly', () => {
    const edges = Array.from({ length: 31 }, (_, i) => normalQuantile((i + 1) * 2 ** 27));
    const seen = new Uint32Array(32);
    for (const x of normal(N, 5)) seen[edges.filter((edge) => x >= edge).length]!++;
    expect(chiSquareTest(seen, new Float64Array(32).fill(N / 32))).toBeGreaterThan(LEVEL);
  });

  it('neighbours and streams of neighbouring indices are uncorrelated', () => {
    const [a, b] = [normal(N, 6, 0), normal(N, 6, 1)];
    expect(
      meanTest(
        a.map((x, i) => x * (b[i] as number)),
        (x) => x,
        0,
        1,
      ),
    ).toBeGreaterThan(LEVEL);
    expect(
      meanTest(
        a.subarray(1).map((x, i) => x * (a[i] as number)),
        (x) => x,
        0,
        1,
      ),
    ).toBeGreaterThan(LEVEL);
  });

  it('scales by std and shifts by mean', () => {
    expect(normal(5, 3, 0, 2, 0)).toEqual(new Float32Array(5).fill(2));
    expect(normal(50, 3, 0, 2, 4)).toEqual(
      Float32Array.from(wordsBehind(50), (word) => 2 + 4 * normalQuantile(word)),
    );
  });

  it('draws the numbers it always drew', () => {
    const known = [-1.551351854835134, -0.34793133940832766, 0.5558830872334527, 0.784581129398739];
    expect(normal(4, 1, 2)).toEqual(Float32Array.from(known));
  });

  it('refuses a std that is negative or not finite', () => {
    expect(() => normal(1, 0, 0, 0, -1)).toThrow(
      'normal numbers with mean 0 and std -1: both must be finite, std not negative',
    );
    expect(() => normal(1, 0, 0, Number.NaN, 1)).toThrow('mean NaN');
  });
});

/** The 32-bit words behind the numbers of seed 3, index 0. */
function wordsBehind(length: number): number[] {
  const out = new Uint32Array(4);
  return Array.from({ length }, (_, i) => {
    drawBlock({ seed: 3, purpose: 'init', step: 0, site: 0 }, i >> 2, out);
    return out[i & 3] as number;
  });
}
