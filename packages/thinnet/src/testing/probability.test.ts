/** @file Pearson's test against a hand calculation. */
import { expect, it } from 'vitest';
import { chiSquareTest } from './probability.js';

it('a chi-square test adds (observed − expected)² / expected; with two degrees of freedom p is exp(−x / 2)', () => {
  // (100 + 0 + 100) / 50 = 4.
  expect(chiSquareTest([40, 50, 60], [50, 50, 50])).toBeCloseTo(Math.exp(-2), 9);
  expect(chiSquareTest([40, 50, 60, 50], [50, 50, 50, 50], 2)).toBeCloseTo(Math.exp(-2), 9);
});
