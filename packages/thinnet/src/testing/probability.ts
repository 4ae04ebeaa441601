/** @file Tail probabilities for the statistics in tests. */

/** ln Γ(x), x > 0: Stirling's series after shifting x above 15; relative error below 1e-13. */
export function lnGamma(x: number): number {
  let shift = 0;
  for (; x < 15; x++) shift += Math.log(x);
  const y = 1 / (x * x);
  return (
    (x - 0.5) * Math.log(x) -
    x +
    Math.log(2 * Math.PI) / 2 +
    (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x -
    shift
  );
}

/** P(X ≥ x) for X chi-square with `dof` degrees of freedom: Q(dof / 2, x / 2), by series or continued fraction. */
export function chiSquareTail(x: number, dof: number): number {
  const [a, z] = [dof / 2, x / 2];
  if (z <= 0) return 1;
  const front = Math.exp(a * Math.log(z) - z - lnGamma(a));
  if (z < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = a + 1; term > sum * 1e-16; n++) sum += term *= z / n;
    return 1 - front * sum;
  }
  // Lentz's method on Legendre's continued fraction.
  let b = z + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 10_000; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}

/** Pearson's statistic of observed against expected counts, as a p-value. */
export function chiSquareTest(
  observed: ArrayLike<number>,
  expected: ArrayLike<number>,
  dof = observed.length - 1,
): number {
  let x = 0;
  for (let i = 0; i < observed.length; i++)
    x += (Number(observed[i]) - Number(expected[i])) ** 2 / Number(expected[i]);
  return chiSquareTail(x, dof);
}

/** The exact two-sided binomial test: the probability of all counts no likelier than k, for n trials of probability p. */
export function binomialTest(k: number, n: number, p: number): number {
  const lnBinomial = (i: number): number =>
    lnGamma(n + 1) - lnGamma(i + 1) - lnGamma(n - i + 1) + i * Math.log(p) + (n - i) * Math.log1p(-p);
  const limit = lnBinomial(k) + 1e-9;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const ln = lnBinomial(i);
    if (ln <= limit) sum += Math.exp(ln);
  }
  return Math.min(1, sum);
}

/** P(|Z| ≥ |z|) for a standard normal Z. */
export const normalTail = (z: number): number => chiSquareTail(z * z, 1);
