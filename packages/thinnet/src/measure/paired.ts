/** @file Two ways to train, compared seed by seed. */
import { ThinnetError } from '../error.js';
import type { MeanEstimate } from './interval.js';
import { meanInterval } from './interval.js';
import { studentTwoSided } from './student.js';

/** Student's paired test of "no difference". */
export interface PairedTest {
  /** mean difference / (std / √n). */
  readonly t: number;
  /** Degrees of freedom, n − 1. */
  readonly freedom: number;
  /** Two-sided p value, 0 to 1: how often chance alone gives a |t| this large. */
  readonly p: number;
}

/** Difference of two treatments over n seeds. One seed allows no test: then `interval` and `test` are null. */
export interface PairedComparison {
  /** b − a over the seeds: below 0 means that b's measure (an error, a loss) is the smaller one. */
  readonly difference: MeanEstimate;
  readonly test: PairedTest | null;
}

/**
 * Compares treatments a and b run under the same seeds. What a seed fixes (initial weights, order of the examples) adds the
 * same to both, and the difference takes it out; so five paired seeds say more than five and five unpaired.
 * Paired t-test: t = mean(d) / (s_d / √n) with d_i = b_i − a_i, on n − 1 degrees of freedom. Student 1908; Gosset's test.
 * If all differences are equal, t is ±Infinity and p is 0, or, where they are 0, t is 0 and p is 1; equal are differences
 * that rounding alone may have set apart, and 0 those that it may have made: up to 2⁻⁵⁰ of the largest measure.
 *
 * @param a measures of one treatment, one a seed
 * @param b measures of the other, under the same seeds in the same order
 * @param level confidence of the interval, above 0 and below 1
 *
 * Errors: different lengths; no values; one that isn't finite; a level out of range.
 */
export function pairedComparison(a: readonly number[], b: readonly number[], level = 0.95): PairedComparison {
  if (a.length !== b.length)
    throw new ThinnetError(
      `paired comparison: ${a.length} runs against ${b.length}; run both under the same seeds`,
    );
  const difference = meanInterval(withoutRounding(a, b), level);
  const { n, mean, std } = difference;
  if (std === null) return { difference, test: null };
  const t = mean === 0 ? 0 : mean / (std / Math.sqrt(n));
  return { difference, test: { t, freedom: n - 1, p: studentTwoSided(t, n - 1) } };
}

/** b − a; the same number for all where they are no further apart than measures written in decimals round. */
function withoutRounding(a: readonly number[], b: readonly number[]): number[] {
  const differences = b.map((value, i) => value - (a[i] as number));
  const rounding = 4 * Number.EPSILON * Math.max(...[...a, ...b].map(Math.abs));
  const [least, most] = [Math.min(...differences), Math.max(...differences)];
  if (!Number.isFinite(rounding) || !(most - least <= rounding)) return differences;
  const common = Math.max(Math.abs(least), Math.abs(most)) <= rounding ? 0 : (differences[0] as number);
  return differences.map(() => common);
}
