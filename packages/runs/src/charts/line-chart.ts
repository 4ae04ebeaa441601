/** @file Line charts as data, and what follows from it: the vertical axis, the numbers as text and as rows. */
import { fixed } from '../format.js';

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
  /**
   * Whether the vertical axis reaches all numbers, or, where that makes the picture much larger than those after the first
   * tenth need, only these (default). `axisNote` says so.
   */
  readonly fit?: 'later' | 'all';
  /** The ends of the vertical axis, where they are to be others than follow from the numbers by `axis` and `fit`. */
  readonly limits?: readonly [low: number, high: number];
  /** Whether the horizontal axis counts something, such as epochs: no marks between whole numbers. */
  readonly isCount?: boolean;
  /** The right end of the axis, where it is known before the lines reach it. */
  readonly xEnd?: number;
}

const numbers = (values: readonly (number | null)[]): number[] =>
  values.filter((value): value is number => value !== null && Number.isFinite(value));

type Values = Pick<ChartLine, 'y' | 'low' | 'high'>;
type Lines = Pick<ChartData, 'axis' | 'fit' | 'limits'> & { readonly lines: readonly Values[] };

/** The lowest and the highest number of the lines, their first `share` left out. */
function reachOf(lines: readonly Values[], share: number): [lowest: number, highest: number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { y, low = y, high = y } of lines) {
    const from = Math.floor(share * numbers(y).length);
    for (const value of numbers(low.slice(from))) lowest = Math.min(lowest, value);
    for (const value of numbers(high.slice(from))) highest = Math.max(highest, value);
  }
  return [lowest, highest];
}

/** The picture may be so many times as high as the later numbers need, so that all are seen. */
const mostRoom = 1.6;

/** The first tenth is left out where its high values would squeeze the differences that matter into a hair's breadth. */
function reach({ lines, axis = 'zero', fit = 'later' }: Lines): [lowest: number, highest: number] {
  const all = reachOf(lines, 0);
  if (fit === 'all') return all;
  const later = reachOf(lines, 0.1);
  const height = ([lowest, highest]: [number, number]) =>
    highest - (axis === 'zero' ? Math.min(0, lowest) : lowest);
  return height(all) <= mostRoom * height(later) ? all : later;
}

/** The limits of the vertical axis. */
export function yLimits(chart: Lines): readonly [low: number, high: number] {
  const { axis = 'zero', limits } = chart;
  if (limits !== undefined) return limits;
  const [lowest, highest] = reach(chart);
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return [0, 1];
  const from = axis === 'zero' ? Math.min(0, lowest) : lowest;
  const margin = 0.06 * Math.max(highest - from, Math.abs(highest) * 1e-6, 1e-9);
  const begin = axis === 'zero' && lowest >= 0 ? 0 : from - margin;
  return [axis === 'close' && lowest >= 0 ? Math.max(0, begin) : begin, highest + margin];
}

/** What of the axis a reader would not expect, in words; undefined where there is nothing. */
export function axisNote(chart: Lines & Pick<ChartData, 'unit'>): string | undefined {
  const [low, high] = yLimits(chart);
  const [lowest, highest] = reachOf(chart.lines, 0);
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return undefined;
  const decimals = (size: number) => (size >= 10 ? 0 : size >= 1 ? 1 : 3);
  const written = (value: number) => `${fixed(value, decimals(Math.abs(value)))}${chart.unit ?? ''}`;
  const notes = [
    ...(low > 0 ? ['The axis does not begin at 0.'] : []),
    ...(highest > high ? [`The lines begin above the frame, at up to ${written(highest)}.`] : []),
    ...(lowest < low ? [`The lines begin below the frame, at down to ${written(lowest)}.`] : []),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

/** The numbers behind the picture: a row for each x, a column for each line. Long charts are thinned to about 60 rows. */
export function chartRows({ x, lines, decimals = 3, unit = '' }: ChartData): readonly (readonly string[])[] {
  const every = Math.max(1, Math.ceil(x.length / 60));
  return x.flatMap((at, i) => {
    if (i % every !== 0 && i !== x.length - 1) return [];
    return [[String(at), ...lines.map(({ y }) => showValue(y[i], decimals, unit))]];
  });
}

const showValue = (value: number | null | undefined, decimals: number, unit: string): string =>
  value === null || value === undefined ? '–' : `${fixed(value, decimals)}${unit}`;

/** The last number that a line has: lines need not be equally long. */
const lastOf = ({ y }: Pick<ChartLine, 'y'>): number | null => y.findLast((value) => value !== null) ?? null;

/** Each line's number at the place `at` of `x`, as text; without a place, or where there is none such, each line's own last. */
export const readings = (
  { x, lines, decimals = 3, unit = '' }: Pick<ChartData, 'x' | 'lines' | 'decimals' | 'unit'>,
  at: number | null = null,
): readonly string[] =>
  lines.map((line) => showValue(at === null || at >= x.length ? lastOf(line) : line.y[at], decimals, unit));

/** The last number of each line in words, for those who do not see the picture. */
export function lastValues(chart: ChartData): string {
  const last = readings(chart);
  return chart.lines.map(({ name }, i) => `${name}: ${last[i]}`).join('; ');
}
