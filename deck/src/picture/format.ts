/** @file Numbers of a picture for people; those in sentences are `show` of ../format.ts, shorter for large ones. */

/** At most `digits` significant digits, thousands separated, a true minus sign; `–` where there is no number. */
export function numberText(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (Number.isInteger(value) && size < 1e15) return sign + size.toLocaleString('en-US');
  if (size < 1e-4 || size >= 1e7) {
    const [mantissa = '', exponent = ''] = size.toExponential(Math.max(0, digits - 1)).split('e');
    const power = exponent.replace('+', '').replace('-', '−');
    return `${sign}${Number(mantissa)}e${power}`;
  }
  return sign + Number(size.toPrecision(digits)).toLocaleString('en-US', { maximumFractionDigits: 20 });
}

/** Numbers of an axis: as many decimals as their distance asks for, the same for all. */
export function showTicks(ticks: readonly number[]): string[] {
  const step = Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0)) || Math.abs(ticks[0] ?? 0) || 1;
  if (step < 1e-5) {
    const reach = Math.max(...ticks.map(Math.abs));
    const digits = Math.min(15, Math.max(3, Math.ceil(Math.log10(reach / step)) + 1));
    return ticks.map((tick) => numberText(Math.abs(tick) < step / 1e6 ? 0 : tick, digits));
  }
  let decimals = 0;
  while (decimals < 6 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6)
    decimals++;
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return ticks.map((tick) => {
    const text = Math.abs(tick).toLocaleString('en-US', options);
    return tick < 0 && /[1-9]/.test(text) ? `−${text}` : text;
  });
}
