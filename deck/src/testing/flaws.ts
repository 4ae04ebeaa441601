/** @file What is wrong with a picture: parts that do not fit together, numbers that are none. */
import type { Picture } from '../picture.js';

type FlawsOf<P extends Picture> = (picture: P) => readonly (string | false)[];

const lengths = (what: string, actual: number, expected: number): string | false =>
  actual !== expected && `${what}: ${actual} instead of ${expected}`;

const finite = (what: string, values: readonly (number | null)[]): string | false =>
  !values.every((value) => value === null || Number.isFinite(value)) && `${what}: a number is not finite`;

const flaws: { readonly [T in Picture['type']]: FlawsOf<Extract<Picture, { type: T }>> } = {
  lines: ({ x, lines }) => [
    lines.length === 0 && 'no lines',
    finite('x', x),
    ...lines.flatMap(({ name, y, low = y, high = y }) =>
      [y, low, high].flatMap((values) => [lengths(name, values.length, x.length), finite(name, values)]),
    ),
  ],
  bars: ({ groups, bars }) => [
    bars.length === 0 && 'no bars',
    ...bars.flatMap(({ name, values, low = values, high = values }) =>
      [values, low, high].flatMap((each) => [lengths(name, each.length, groups.length), finite(name, each)]),
    ),
  ],
  grid: ({ rows, columns, values, rowLabels, columnLabels }) => [
    lengths('values', values.length, rows * columns),
    finite('values', values),
    rowLabels !== undefined && lengths('row labels', rowLabels.length, rows),
    columnLabels !== undefined && lengths('column labels', columnLabels.length, columns),
  ],
  table: ({ columns, rows }) => [
    rows.length === 0 && 'no rows',
    ...rows.map((row, i) => lengths(`row ${i}`, row.length, columns.length)),
  ],
};

/** One line a flaw. */
export function flawsOf(picture: Picture): readonly string[] {
  const found = (flaws[picture.type] as FlawsOf<Picture>)(picture).filter((flaw) => flaw !== false);
  return found.map((flaw) => `“${picture.title}”: ${flaw}`);
}
