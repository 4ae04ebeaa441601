/** @file The exact binomial test. */
import jstat from 'jstat';

/** ln P(X = k) for X ~ Binomial(n, p), 0 < p < 1. */
function lnProbability(k: number, n: number, p: number): number {
  const lnChoose = jstat.gammaln(n + 1) - jstat.gammaln(k + 1) - jstat.gammaln(n - k + 1);
  return lnChoose + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

/**
 * The two-sided p value of k successes in n trials of probability p, 0 < p < 1: the sum of P(X = i) over all i that are
 * no likelier than k. Exact, in the sense of Clopper & Pearson 1934: no normal approximation.
 */
export function binomialTest(k: number, n: number, p: number): number {
  // Counts that are as likely as k come out equal to rounding only.
  const limit = lnProbability(k, n, p) + 1e-7;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const ln = lnProbability(i, n, p);
    if (ln <= limit) sum += Math.exp(ln);
  }
  return Math.min(1, sum);
}
