/** @file The deck's statistics against SciPy, and against counting by hand. */
import { expect, it } from 'vitest';
import { describePython, python } from '../../../packages/thinnet/src/testing/python.js';
import { binomialTest } from './binomial.js';
import { chiSquareOfCounts, chiSquareTail } from './chi-square.js';
import { allMasks } from './enumerate.js';
import { normalQuantile, normalTwoSided } from './normal.js';
import { slopeOf } from './slope.js';

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

describePython(['scipy'], 'against SciPy', () => {
  it('binomial tests: from one trial to half a million, in both tails and at the mean', () => {
    const cases = [
      [0, 1, 0.3],
      [1, 1, 0.3],
      [3, 10, 0.5],
      [9, 10, 0.5],
      [5, 17, 0.1],
      [200, 1000, 0.2],
      [260, 1000, 0.2],
      [76_000, 256_000, 0.3],
      [128_480, 256_000, 0.5],
      [313_000, 640_000, 0.49],
      [40, 640_000, 0.0001],
    ];
    const expected = python(
      `
import json, sys
from scipy.stats import binom_test
print(json.dumps([binom_test(k, n, p) for k, n, p in json.load(sys.stdin)]))`,
      cases,
    ) as number[];
    for (const [i, [k, n, p]] of cases.entries())
      expect(
        relative(binomialTest(k as number, n as number, p as number), expected[i] as number),
        `${k} of ${n}`,
      ).toBeLessThan(1e-6);
  });

  it('chi-square tails, normal tails and normal quantiles', () => {
    const tails = [
      [0, 1],
      [3.84, 1],
      [120, 64],
      [256, 256],
      [340, 256],
      [900, 784],
    ];
    const zs = [0, 0.5, -1.96, 3.9, 6];
    const levels = [0.5, 0.95, 0.9999, 1 - 1e-4 / 20];
    const expected = python(
      `
import json, sys
from scipy.stats import chi2, norm
tails, zs, levels = json.load(sys.stdin)
print(json.dumps([[chi2.sf(x, f) for x, f in tails], [2 * norm.sf(abs(z)) for z in zs], [norm.ppf(0.5 + l / 2) for l in levels]]))`,
      [tails, zs, levels],
    ) as [number[], number[], number[]];
    for (const [i, [x, freedom]] of tails.entries())
      expect(chiSquareTail(x as number, freedom as number)).toBeCloseTo(expected[0][i] as number, 9);
    for (const [i, z] of zs.entries()) expect(normalTwoSided(z)).toBeCloseTo(expected[1][i] as number, 10);
    for (const [i, level] of levels.entries())
      expect(normalQuantile(level)).toBeCloseTo(expected[2][i] as number, 7);
  });

  it('slopes of points with errors of a known size', () => {
    const x = [0, 1, 2, 3, 5, 8];
    const y = [1, 0.4, -0.2, -0.4, -1.6, -3.1];
    const expected = python(
      `
import json, sys
import numpy as np
from scipy.stats import linregress
x, y, std = json.load(sys.stdin)
print(json.dumps([linregress(x, y).slope, std / np.sqrt(len(x) * np.var(x))]))`,
      [x, y, 0.3],
    ) as [number, number];
    const { slope, error } = slopeOf(x, y, 0.3);
    expect(slope).toBeCloseTo(expected[0], 12);
    expect(error).toBeCloseTo(expected[1], 12);
  });
});

// Critical values of the usual chi-square table, to three decimals.
it.each([
  [3.841, 1, 0.05],
  [6.635, 1, 0.01],
  [18.307, 10, 0.05],
  [29.588, 10, 0.001],
  [74.222, 100, 0.975],
  [149.449, 100, 0.001],
])('the chi-square tail of %f with %i degrees of freedom is %f', (x, freedom, p) => {
  expect(chiSquareTail(x, freedom) / p).toBeCloseTo(1, 3);
});

it('a chi-square variable of two degrees of freedom is exponential', () => {
  for (const x of [0.1, 1, 3, 5, 40]) expect(chiSquareTail(x, 2)).toBeCloseTo(Math.exp(-x / 2), 9);
});

it('the binomial test sums all outcomes no likelier than the one seen', () => {
  expect(binomialTest(0, 10, 0.5)).toBeCloseTo(2 / 1024, 9);
  expect(binomialTest(2, 10, 0.5)).toBeCloseTo((2 * (1 + 10 + 45)) / 1024, 9);
  expect(binomialTest(5, 10, 0.5)).toBeCloseTo(1, 9);
  expect(binomialTest(3, 3, 0.2)).toBeCloseTo(0.008, 9);
});

it('95 % of a normal variable lie within 1.96 standard deviations', () => {
  expect(normalTwoSided(-1.959964)).toBeCloseTo(0.05, 6);
  expect(normalQuantile(0.95)).toBeCloseTo(1.959964, 6);
});

it('a chi-square test of counts adds (k − np)² / np(1 − p) over the counts', () => {
  const { statistic, freedom, p } = chiSquareOfCounts([30, 50, 40], 100, 0.4);
  expect(statistic).toBeCloseTo((100 + 100 + 0) / 24, 12);
  expect(freedom).toBe(3);
  expect(p).toBe(chiSquareTail(statistic, 3));
});

it('all masks of three units: 8 different ones, with probabilities that add to 1 and keep 2 of 3 on average', () => {
  const masks = allMasks(3, 1 / 3);
  expect(new Set(masks.map(({ kept }) => kept.join(''))).size).toBe(8);
  expect(masks[0]).toEqual({ kept: [0, 0, 0], probability: expect.closeTo(1 / 27, 12) });
  expect(masks[7]).toEqual({ kept: [1, 1, 1], probability: expect.closeTo(8 / 27, 12) });
  const mean = (of: (kept: readonly number[]) => number) =>
    masks.reduce((sum, { kept, probability }) => sum + probability * of(kept), 0);
  expect(mean(() => 1)).toBeCloseTo(1, 12);
  expect(mean((kept) => kept.reduce((a, b) => a + b, 0))).toBeCloseTo(2, 12);
});
