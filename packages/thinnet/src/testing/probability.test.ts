/** @file The tail probabilities against tabled values and exact sums. */
import { describe, expect, it } from 'vitest';
import { binomialTest, chiSquareTail, lnGamma, normalTail } from './probability.js';

describe('probability', () => {
  it('lnGamma meets factorials and Γ(1/2) = √π', () => {
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
    expect(lnGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
  });

  // Critical values of the usual chi-square table, to three decimals.
  it.each([
    [3.841, 1, 0.05],
    [6.635, 1, 0.01],
    [18.307, 10, 0.05],
    [29.588, 10, 0.001],
    [74.222, 100, 0.975],
    [149.449, 100, 0.001],
  ])('the chi-square tail of %f with %i degrees of freedom is %f', (x, dof, p) => {
    expect(chiSquareTail(x, dof) / p).toBeCloseTo(1, 3);
  });

  it('two degrees of freedom are the exponential distribution', () => {
    for (const x of [0.1, 1, 3, 5, 40]) expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12);
  });

  it('the binomial test sums all outcomes no likelier than the one seen', () => {
    expect(binomialTest(0, 10, 0.5)).toBeCloseTo(2 / 1024, 12);
    expect(binomialTest(2, 10, 0.5)).toBeCloseTo((2 * (1 + 10 + 45)) / 1024, 12);
    expect(binomialTest(5, 10, 0.5)).toBe(1);
    expect(binomialTest(3, 3, 0.2)).toBeCloseTo(0.008, 12);
  });

  it('the normal tail of 1.96 is 0.05', () => {
    expect(normalTail(-1.959964)).toBeCloseTo(0.05, 6);
  });
});
