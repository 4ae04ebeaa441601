/** @file Numbers as shades, between the colours of the lowest, of zero and of the highest. */

export type Rgb = readonly [number, number, number];

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the shades span: symmetric about 0 where there are both signs, else from 0, or from the lowest of what is far from 0. */
export function rangeOf(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { from: 0, to: 1 };
  const [least, most] = finite.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const reach = Math.max(Math.abs(least), Math.abs(most));
  if (reach === 0) return { from: 0, to: 1 };
  if (least < 0 && most > 0) return { from: -reach, to: reach };
  if (least < 0) return { from: least, to: 0 };
  return { from: least < most && least > most / 2 ? least : 0, to: most };
}

const mixed = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) =>
    Math.round((a[i] as number) + ((b[i] as number) - (a[i] as number)) * share),
  ) as unknown as Rgb;

/** A value's colour; those below zero go to `low`, those above to `high`. */
export function shade(value: number, { from, to }: Range, low: Rgb, zero: Rgb, high: Rgb): Rgb {
  const within = Math.min(to, Math.max(from, value));
  if (from < 0 && within < 0) return mixed(zero, low, within / from);
  const start = Math.max(0, from);
  return mixed(zero, high, to === start ? 0 : (within - start) / (to - start));
}

/** Whether white is easier to read on this colour than black (relative luminance, WCAG 2.1). */
export function isDark(colour: Rgb): boolean {
  const [r, g, b] = colour.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179;
}
