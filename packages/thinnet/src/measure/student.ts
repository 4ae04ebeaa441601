/** @file Student's t distribution with a whole number of degrees of freedom. */
// By hand, though jstat has it: the library would carry a package into every page for a sum of a few terms, which is exact
// to 1e-12 besides, where jstat's is to 1e-7 (student.test.ts).
import { ThinnetError } from '../error.js';

/**
 * P(|T| > t): the two-sided p value. With cos²θ = ν / (ν + t²), P(|T| ≤ t) is a finite sum of powers of cos²θ, one for
 * odd ν and one for even; Abramowitz & Stegun 1964, 26.7.3 and 26.7.4. Where that is so near 1 that the difference
 * would lose digits, the rest of the same series, which goes on to 1, is summed instead: relative error below 1e-12
 * down to p = 1e-300.
 *
 * @param t any number; ±Infinity gives 0
 * @param freedom ν, an integer from 1 up
 *
 * Errors: ν that isn't a positive integer.
 */
export function studentTwoSided(t: number, freedom: number): number {
  checkFreedom(freedom);
  if (t === 0) return 1;
  if (Math.abs(t) === Infinity) return 0;
  const odd = freedom % 2 === 1;
  const radius = Math.hypot(t, Math.sqrt(freedom));
  const sin = Math.abs(t) / radius;
  const cos = Math.sqrt(freedom) / radius;
  const cos2 = cos * cos;
  // Term k of the series: even ν starts at 1, odd ν at cos θ; each follows from the one before.
  let term = odd ? cos : 1;
  let k = odd ? 1 : 0;
  const advance = (): void => {
    term *= (cos2 * (k + 1)) / (k + 2);
    k += 2;
  };
  let inside = 0;
  while (k < freedom - 1) {
    inside += term;
    advance();
  }
  const within = odd ? (2 / Math.PI) * (Math.atan2(sin, cos) + sin * inside) : sin * inside;
  if (within < 0.9) return 1 - within;
  let tail = 0;
  while (term > tail * 1e-17) {
    tail += term;
    advance();
  }
  return (odd ? 2 / Math.PI : 1) * sin * tail;
}

/**
 * The t with P(|T| ≤ t) = level: an interval of mean ± t · std / √n covers at that level. By bisection to the last bit.
 *
 * @param level above 0 and below 1, such as 0.95
 * @param freedom ν, an integer from 1 up
 *
 * Errors: a level or ν out of range.
 */
export function studentQuantile(level: number, freedom: number): number {
  checkFreedom(freedom);
  if (!(level > 0 && level < 1))
    throw new ThinnetError(`confidence level is ${level}; it must be above 0 and below 1, such as 0.95`);
  const tail = 1 - level;
  let high = 1;
  while (studentTwoSided(high, freedom) > tail) high *= 2;
  let low = 0;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTwoSided(middle, freedom) > tail) low = middle;
    else high = middle;
  }
}

function checkFreedom(freedom: number): void {
  if (!Number.isInteger(freedom) || freedom < 1)
    throw new ThinnetError(`degrees of freedom are ${freedom}; they must be an integer from 1 up`);
}
