/** @file Which units an ablation takes away. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareTail } from '../testing/probability.js';
import { ablationMask } from './ablation.js';

describe('ablationMask', () => {
  test('takes round(share · units) away and leaves the others as they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (units, share, seed) => {
          const mask = ablationMask(units, share, seed);
          const zeros = Math.round(share * units);
          expect(mask.filter((factor) => factor === 0).length).toBe(zeros);
          expect(mask.filter((factor) => factor === 1).length).toBe(units - zeros);
        },
      ),
    );
  });

  test('of one order, a larger share takes away what a smaller one does, and more', () => {
    const [few, many] = [ablationMask(100, 0.3, 5), ablationMask(100, 0.7, 5)];
    expect(many.every((factor, unit) => factor <= (few[unit] as number))).toBe(true);
    expect(ablationMask(100, 0.3, 5)).toEqual(few);
    expect(ablationMask(100, 0.3, 5, 1)).not.toEqual(few);
    expect(ablationMask(100, 0.3, 6)).not.toEqual(few);
  });

  test('takes each unit away equally often, chi-square at level 1e-4', () => {
    const [units, choices, share] = [20, 2000, 0.25];
    const counts = new Float64Array(units);
    for (let index = 0; index < choices; index++)
      for (const [unit, factor] of ablationMask(units, share, 3, index).entries())
        counts[unit] = (counts[unit] as number) + 1 - factor;
    // Without replacement: a count has variance c·p(1 − p), two have covariance −c·p(1 − p)/(units − 1).
    const spread = counts.reduce((sum, count) => sum + (count - choices * share) ** 2, 0);
    const statistic = (spread * (units - 1)) / units / (choices * share * (1 - share));
    expect(chiSquareTail(statistic, units - 1)).toBeGreaterThan(1e-4);
  });

  test('says which number is wrong', () => {
    expect(() => ablationMask(0, 0.5, 1)).toThrow('ablation: units is 0; it must be an integer from 1 up');
    expect(() => ablationMask(4, 30, 1)).toThrow(
      'ablation: share is 30; it is the share of units taken away',
    );
    expect(() => ablationMask(4, 0.5, 1, 2 ** 29)).toThrow('ablation: index is 536870912');
  });
});
