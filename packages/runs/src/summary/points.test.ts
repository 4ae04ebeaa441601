/** @file Differences in words: what an interval says, and that one without width says nothing. */
import { describe, expect, it } from 'vitest';
import { exclusionOf, pointsOf } from './points.js';
import { differenceOf } from './statistics.js';

describe('a difference in test error', () => {
  it.each([
    { a: [0.1, 0.2, 0.3], b: [0.09, 0.188, 0.289], points: '-1.10 ± 0.25', says: 'excludes 0' },
    { a: [0.1, 0.2], b: [0.15, 0.15], points: '0.00 ± 63.53', says: 'does not exclude 0' },
    { a: [0.5, 0.5], b: [0.75, 0.75], points: '+25.00 ± 0.00', says: 'no spread, so no interval' },
  ])('of $b to $a is $points points, and its interval $says', ({ a, b, points, says }) => {
    const difference = differenceOf(a, b);
    expect(pointsOf(difference).replace('−', '-')).toBe(points);
    expect(exclusionOf(difference)).toBe(says);
  });
});
