/** @file Line charts as data, and what follows from it: the vertical axis, the numbers as rows. */

export interface ChartLine {
  readonly name: string;
  /** A CSS colour or the name of a variable, such as `--arm-1`. */
  readonly colour: string;
  readonly isDashed?: boolean;
  /** As long as the chart's `x`; null where nothing was measured. */
  readonly y: readonly (number | null)[];
  /** A band around the line. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

export interface ChartData {
  readonly title: string;
  /** One sentence: what the picture shows. */
  readonly description?: string;
  readonly xLabel: string;
  /** Put behind the numbers, such as ` %`. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly x: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Whether the vertical axis begins at 0 unless there is less (default), or close to the lines. */
  readonly axis?: 'zero' | 'close';
  /** Whether the vertical axis reaches all numbers, or those after the first tenth (default). */
  readonly fit?: 'later' | 'all';
  /** Whether the horizontal axis counts something, such as epochs: no marks between whole numbers. */
  readonly isCount?: boolean;
  /** The right end of the axis, where it is known before the lines reach it. */
  readonly xEnd?: number;
}

const numbers = (values: readonly (number | null)[]): number[] =>
  values.filter((value): value is number => value !== null && Number.isFinite(value));

/**
 * The limits of the vertical axis. Unless all is to be seen, they fit what comes after the first tenth of the lines, whose
 * high values would squeeze the differences that matter into a hair's breadth.
 */
export function yLimits({
  lines,
  axis = 'zero',
  fit = 'later',
}: Pick<ChartData, 'lines' | 'axis' | 'fit'>): [low: number, high: number] {
  const reach = lines.map(({ y, low = y, high = y }) => {
    const from = fit === 'all' ? 0 : Math.floor(numbers(y).length / 10);
    return { low: numbers(low.slice(from)), high: numbers(high.slice(from)) };
  });
  const lowest = Math.min(...reach.flatMap(({ low }) => low));
  const highest = Math.max(...reach.flatMap(({ high }) => high));
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return [0, 1];
  const from = axis === 'zero' ? Math.min(0, lowest) : lowest;
  const margin = 0.06 * Math.max(highest - from, Math.abs(highest) * 1e-6, 1e-9);
  const begin = axis === 'zero' && lowest >= 0 ? 0 : from - margin;
  return [axis === 'close' && lowest >= 0 ? Math.max(0, begin) : begin, highest + margin];
}

/** The numbers behind the picture: a row for each x, a column for each line. Long charts are thinned to about 60 rows. */
export function chartRows({ x, lines, decimals = 3, unit = '' }: ChartData): readonly (readonly string[])[] {
  const every = Math.max(1, Math.ceil(x.length / 60));
  return x.flatMap((at, i) => {
    if (i % every !== 0 && i !== x.length - 1) return [];
    return [[String(at), ...lines.map(({ y }) => showValue(y[i], decimals, unit))]];
  });
}

export const showValue = (value: number | null | undefined, decimals: number, unit: string): string =>
  value === null || value === undefined ? '–' : `${value.toFixed(decimals)}${unit}`;

/** The last number of each line in words, for those who do not see the picture. */
export const lastValues = ({ lines, decimals = 3, unit = '' }: ChartData): string =>
  lines
    .map(
      ({ name, y }) =>
        `${name} ${showValue(
          y.findLast((value) => value !== null),
          decimals,
          unit,
        )}`,
    )
    .join(', ');
