/** @file How many bit planes a rate takes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threshold } from './threshold.js';

describe('threshold', () => {
  it.each([
    [0, 0],
    [0.5, 1],
    [0.25, 2],
    [0.75, 2],
    [0.125, 3],
    [0.625, 3],
    [1 / 256, 8],
    [0.1, 8],
    [2 ** -41, 8],
    [1, 0],
  ])('rate %f takes %i', (rate, planes) => {
    expect(threshold(rate).planes).toBe(planes);
  });

  it('is round(rate · 2^40), and planes beyond the ones it names hold no 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (rate) => {
        const { first, rest, planes } = threshold(rate);
        expect(first * 2 ** 32 + rest).toBe(Math.round(rate * 2 ** 40));
        expect(rest !== 0 || (first * 2 ** planes) % 256 === 0).toBe(true);
      }),
    );
  });
});
