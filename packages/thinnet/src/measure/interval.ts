/** @file The mean of a few runs and how sure one can be of it. */
import { ThinnetError } from '../error.js';
import { studentQuantile } from './student.js';

/** Where the true mean lies with the level's confidence: mean ± halfWidth. */
export interface Interval {
  /** Such as 0.95. */
  readonly level: number;
  readonly low: number;
  readonly high: number;
  readonly halfWidth: number;
}

/** The mean of n values. One value tells nothing about its spread: then `std` and `interval` are null. */
export interface MeanEstimate {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation, with n − 1. */
  readonly std: number | null;
  readonly interval: Interval | null;
}

/**
 * Mean with its t-interval: mean ± t_{level, n−1} · s / √n, s² = Σ (x − mean)² / (n − 1). It assumes values that are
 * independent and near normal, such as test errors under different seeds. Student 1908.
 *
 * @param values one for each run (seed)
 * @param level confidence, above 0 and below 1
 *
 * Errors: no values; one that isn't finite; a level out of range.
 */
export function meanInterval(values: readonly number[], level = 0.95): MeanEstimate {
  const n = values.length;
  if (n === 0) throw new ThinnetError('mean over runs: no values; at least 1 is needed');
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new ThinnetError(
      `mean over runs: value ${bad} is ${values[bad]}; leave out runs that diverged, and say so`,
    );
  if (!(level > 0 && level < 1))
    throw new ThinnetError(`confidence level is ${level}; it must be above 0 and below 1, such as 0.95`);
  const [first] = values as [number];
  // Of equal values the sum rounds.
  const equal = values.every((value) => value === first);
  const mean = equal ? first : values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, std: null, interval: null };
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const halfWidth = (studentQuantile(level, n - 1) * std) / Math.sqrt(n);
  return { n, mean, std, interval: { level, low: mean - halfWidth, high: mean + halfWidth, halfWidth } };
}
