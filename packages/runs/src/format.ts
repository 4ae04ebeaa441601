/** @file Numbers for people: percentages, counts, values with their uncertainty. */

/** A share as a percentage: `4.21 %`. */
export const percent = (share: number, decimals = 2): string => `${fixed(100 * share, decimals)} %`;

/** A whole number with thousands separated: `21,000`; three significant digits are plenty for a rate. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const rounded = value >= 1000 ? Number(value.toPrecision(3)) : Math.round(value);
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** From here on digits before the point are too many to read. */
const large = 1e6;

/**
 * With a true minus sign, and none before a zero; large numbers as `7.06e+21`. What differs in the last bits alone, as means
 * taken in different orders do, is rounded alike.
 */
export function fixed(value: number, decimals: number): string {
  const size = Math.abs(value);
  const text = size >= large ? size.toExponential(2) : Number(size.toPrecision(12)).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `0.42 ± 0.11`, or the value alone where there is no interval. */
export function plusMinus(value: number, halfWidth: number | undefined, decimals: number): string {
  return halfWidth === undefined
    ? fixed(value, decimals)
    : `${fixed(value, decimals)} ± ${fixed(halfWidth, decimals)}`;
}

/**
 * Decimals for a difference and its half-width, 2 to 6: enough that the rounded figures tell the same as the exact ones,
 * whether the interval includes 0, and that neither is rounded to 0.
 */
export function decimalsFor(difference: number, halfWidth: number): number {
  const [size, half] = [Math.abs(difference), Math.abs(halfWidth)];
  for (let decimals = 2; decimals < 6; decimals++) {
    const [a, b] = [Number(size.toFixed(decimals)), Number(half.toFixed(decimals))];
    if (a > b === size > half && (b > 0 || half === 0) && (a > 0 || size === 0 || size <= half))
      return decimals;
  }
  return 6;
}

/** A number stays on a line with its sign and its unit. */
export const unbroken = (text: string): string =>
  text.replaceAll(' %', '\u00a0%').replaceAll(' ± ', '\u00a0±\u00a0');
