/** @file The normal distribution. */
import jstat from 'jstat';

/** P(|Z| ≥ |z|) for a standard normal Z. */
export const normalTwoSided = (z: number): number => 2 * jstat.normal.cdf(-Math.abs(z), 0, 1);

/** The z with P(|Z| ≤ z) = level. */
export const normalQuantile = (level: number): number => jstat.normal.inv(0.5 + level / 2, 0, 1);
