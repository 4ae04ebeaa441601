/** @file Numbers as the cards print them. */

/** Four significant digits, without an exponent where it stays short: 0.2996, 1.05e-7, 12, 256,000. */
export function show(x: number, digits = 4): string {
  if (x < 0) return `−${show(-x, digits)}`;
  if (x === 0 || !Number.isFinite(x)) return String(x);
  if (x < 1e-3 || x >= 1e6) {
    const [mantissa = '', exponent = ''] = x.toExponential(digits - 2).split('e');
    return `${Number(mantissa)}e${Number(exponent)}`;
  }
  return Number.isInteger(x) || x >= 10 ** (digits - 1)
    ? whole(Math.round(x))
    : String(Number(x.toPrecision(digits)));
}

/** A whole number with commas between the thousands. */
export const whole = (n: number): string => n.toLocaleString('en-US');

/** A p value: `p = 0.447`; tails below 1e-9 are beyond what the tests resolve. */
export const pValue = (p: number): string => (p < 1e-9 ? 'p < 1e-9' : `p = ${show(p, 3)}`);

/** A share as per cent: 0.2996 is `29.96 %`. */
export const percent = (share: number, digits = 4): string => `${show(100 * share, digits)} %`;
