/** @file Pearson's chi-square test. */
import jstat from 'jstat';

export interface ChiSquare {
  readonly statistic: number;
  /** Degrees of freedom. */
  readonly freedom: number;
  /** P(a chi-square variable of that freedom ≥ statistic). */
  readonly p: number;
}

/** P(X ≥ x) for X chi-square with `freedom` degrees of freedom; absolute error below 1e-9. */
export const chiSquareTail = (x: number, freedom: number): number =>
  Math.max(0, 1 - jstat.chisquare.cdf(x, freedom));

/**
 * Whether n binomial counts of `trials` trials each have the probability p in common:
 * Σ (kᵢ − trials·p)² / (trials·p·(1 − p)), chi-square with n degrees of freedom where trials·p·(1 − p) is large.
 */
export function chiSquareOfCounts(counts: ArrayLike<number>, trials: number, p: number): ChiSquare {
  let statistic = 0;
  for (let i = 0; i < counts.length; i++)
    statistic += ((counts[i] as number) - trials * p) ** 2 / (trials * p * (1 - p));
  return { statistic, freedom: counts.length, p: chiSquareTail(statistic, counts.length) };
}
