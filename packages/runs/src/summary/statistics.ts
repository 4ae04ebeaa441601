/** @file Means over seeds and paired differences, with their 95 % t-intervals. */
import { meanInterval, pairedComparison } from 'thinnet';

/** mean ± halfWidth is the 95 % t-interval; there is none for a single value. */
export interface Interval {
  readonly mean: number;
  readonly halfWidth?: number;
}

/** A mean of paired differences. */
export interface Difference extends Interval {
  /**
   * Whether the interval has a width and excludes 0. Equal differences of a few seeds, as small test sets give them, make an
   * interval without width, which shows nothing.
   */
  readonly excludesZero: boolean;
}

export function intervalOf(values: readonly number[]): Interval {
  const { mean, interval } = meanInterval(values);
  return interval === null ? { mean } : { mean, halfWidth: interval.halfWidth };
}

/** b − a, seed by seed. */
export function differenceOf(a: readonly number[], b: readonly number[]): Difference {
  const { mean, interval } = pairedComparison(a, b).difference;
  if (interval === null) return { mean, excludesZero: false };
  // Equal differences leave a half-width of a few rounding errors.
  const scale = Math.max(...a.map(Math.abs), ...b.map(Math.abs));
  const halfWidth = interval.halfWidth <= 1e-12 * scale ? 0 : interval.halfWidth;
  return { mean, halfWidth, excludesZero: halfWidth > 0 && Math.abs(mean) > halfWidth };
}
