/**
 * @file Masks as random variables. All seeds are fixed, so each test passes always or never; the level of 1e-4 is the
 * chance that a perfect generator would have failed it for some other choice of seeds.
 */
import { describe, expect, it } from 'vitest';
import { binomialTest, chiSquareTest, normalTail } from '../testing/probability.js';
import { fillBernoulli } from './bernoulli.js';

const LEVEL = 1e-4;
const N = 2 ** 17;

/** 1 where dropped. */
function drops(
  rate: number,
  at: { seed?: number; step?: number; site?: number; offset?: number } = {},
  length = N,
): Float32Array {
  const out = new Float32Array(length);
  fillBernoulli(out, { seed: 7, step: 0, site: 0, rate, dropped: 1, kept: 0, ...at });
  return out;
}

const count = (xs: Float32Array): number => xs.reduce((sum, x) => sum + x, 0);

/** Are two masks independent? Their four joint counts against the products of the rates. */
function jointTest(a: Float32Array, b: Float32Array, rate: number): number {
  const seen = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const cell = 2 * (a[i] as number) + (b[i] as number);
    seen[cell] = (seen[cell] as number) + 1;
  }
  const keep = 1 - rate;
  return chiSquareTest(
    seen,
    [keep * keep, keep * rate, rate * keep, rate * rate].map((p) => p * a.length),
  );
}

describe('masks', () => {
  it.each([0.001, 0.1, 0.2, 0.3, 0.5, 0.75, 0.9, 1 / 256 + 1e-6])(
    'drop at rate %f: exact binomial test',
    (rate) => {
      expect(binomialTest(count(drops(rate)), N, rate)).toBeGreaterThan(LEVEL);
    },
  );

  it.each([0.2, 0.5, 0.8])(
    'are independent between neighbouring steps, sites, seeds and ranges at rate %f',
    (rate) => {
      const base = drops(rate);
      const others = [
        { step: 1 },
        { step: 256 },
        { site: 1 },
        { site: 65536 },
        { seed: 8 },
        { seed: 7 + 2 ** 32 },
        { offset: N },
        { offset: 2 ** 32 },
        { offset: 2 ** 36 },
      ];
      for (const at of others)
        expect(jointTest(base, drops(rate, at), rate), JSON.stringify(at)).toBeGreaterThan(LEVEL);
    },
  );

  it.each([0.2, 0.5])('have no serial correlation at lags 1 to 64 at rate %f', (rate) => {
    const mask = drops(rate);
    let worst = 1;
    for (let lag = 1; lag <= 64; lag++) {
      let sum = 0;
      for (let i = lag; i < N; i++) sum += ((mask[i] as number) - rate) * ((mask[i - lag] as number) - rate);
      worst = Math.min(worst, normalTail(sum / (rate * (1 - rate) * Math.sqrt(N - lag))));
    }
    expect(worst).toBeGreaterThan(LEVEL / 64);
  });

  it('visit all 256 patterns of eight neighbouring elements evenly at rate 1/2', () => {
    const mask = drops(0.5, { step: 3 });
    const seen = new Uint32Array(256);
    for (let i = 0; i < N; i += 8) {
      const pattern = mask.subarray(i, i + 8).reduce((bits, x) => 2 * bits + x, 0);
      seen[pattern] = (seen[pattern] as number) + 1;
    }
    expect(chiSquareTest(seen, new Float64Array(256).fill(N / 8 / 256))).toBeGreaterThan(LEVEL);
  });

  it('drop each element equally often over steps: counts over 2,000 steps are binomial', () => {
    // The test that masks which are correlated from run to run fail: some elements always kept, others never.
    const [steps, width, rate] = [2000, 256, 0.5];
    const counts = new Float64Array(width);
    for (let step = 0; step < steps; step++)
      for (const [i, x] of drops(rate, { step }, width).entries()) counts[i] = (counts[i] as number) + x;
    let chiSquare = 0;
    for (const k of counts) chiSquare += (k - steps * rate) ** 2 / (steps * rate * (1 - rate));
    const deviation = (chiSquare - width) / Math.sqrt(2 * width);
    expect(normalTail(deviation)).toBeGreaterThan(LEVEL);
  });

  it('flip between successive steps as often as independent masks do, for every element', () => {
    const [steps, width] = [2000, 64];
    const masks = Array.from({ length: steps }, (_, step) => drops(0.5, { step, site: 5 }, width));
    for (let i = 0; i < width; i++) {
      let flips = 0;
      for (let s = 1; s < steps; s++) if (masks[s]?.[i] !== masks[s - 1]?.[i]) flips++;
      expect(binomialTest(flips, steps - 1, 0.5), `element ${i}`).toBeGreaterThan(LEVEL / width);
    }
  });
});
