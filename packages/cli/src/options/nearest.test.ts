import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from './nearest.js';

describe('edit distance', () => {
  it('is a metric: 0 only for equal words, symmetric, at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('counts a swap of neighbours as one', () => {
    expect(editDistance('dorpout', 'dropout')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });
});

describe('nearest name', () => {
  it('finds the name behind a slip, and none behind another word', () => {
    expect(nearest('dorpout', ['none', 'dropout', 'standard'])).toBe('dropout');
    expect(nearest('gaussian', ['none', 'dropout', 'standard'])).toBeUndefined();
    expect(didYouMean('Standrad', ['standard'])).toBe(' (did you mean "standard"?)');
    expect(didYouMean('x', ['standard'])).toBe('');
  });
});
