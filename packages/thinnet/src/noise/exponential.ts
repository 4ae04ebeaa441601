/** @file The exponential function from operations that every engine rounds alike: Math.exp may differ in its last bit. */

/** e^x for x ≤ 0, to a relative error below 5e-12; 0 below −745. */
export function exponential(x: number): number {
  if (x < -745) return 0;
  // e^x = (e^(x / 2^k))^(2^k) with |x / 2^k| < 2^-4, where the series' rest after x^9 is below 1e-17.
  let halvings = 0;
  let small = x;
  for (; small < -0.0625; halvings++) small /= 2;
  let sum = 1;
  for (let n = 9; n >= 1; n--) sum = 1 + (small / n) * sum;
  for (; halvings > 0; halvings--) sum *= sum;
  return sum;
}
