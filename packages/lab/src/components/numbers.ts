/** @file Numbers as the pages print them. */

/** So many decimals, with a true minus sign; exactly 0 is `0`. */
export function decimal(value: number, decimals: number): string {
  if (value === 0) return '0';
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
