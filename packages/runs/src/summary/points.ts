/** @file A difference in test error, as reports and tables write it. */
import { decimalsFor, plusMinus } from '../format.js';
import type { Difference } from './statistics.js';

/** In percentage points, with half the width of its interval: `+1.67 ± 8.28`. */
export function pointsOf({ mean, halfWidth = 0 }: Difference): string {
  const [points, half] = [100 * mean, 100 * halfWidth];
  return `${mean > 0 ? '+' : ''}${plusMinus(points, half, decimalsFor(points, half))}`;
}

/** What the interval says of it; one without width says nothing. */
export const exclusionOf = ({ excludesZero, halfWidth }: Difference): string =>
  halfWidth === 0 ? 'no spread, so no interval' : excludesZero ? 'excludes 0' : 'does not exclude 0';
