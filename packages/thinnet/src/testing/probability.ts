/** @file Tests of chance for the library's tests: those of the deck, by jstat. */
import { chiSquareTail } from '../../../../deck/src/statistics/chi-square.js';

export { binomialTest } from '../../../../deck/src/statistics/binomial.js';
export { normalTwoSided as normalTail } from '../../../../deck/src/statistics/normal.js';
export { chiSquareTail };

/** Pearson's statistic of observed against expected counts, Σ (observed − expected)² / expected, as a p value. */
export function chiSquareTest(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
  freedom = observed.length - 1,
): number {
  let x = 0;
  for (let i = 0; i < observed.length; i++)
    x += (Number(observed[i]) - Number(expected[i])) ** 2 / Number(expected[i]);
  return chiSquareTail(x, freedom);
}
