/** @file What a picture shows, as a table of its numbers and as a sentence: for those who do not see it. */
import type { Picture, TablePicture } from '../picture.js';
import { numberText } from './format.js';
import { rangeOf } from './shades.js';

type Of<T extends Picture['type']> = Extract<Picture, { readonly type: T }>;
type Numbers = Omit<TablePicture, 'type' | 'title'>;

type Cell = number | string;
const cell = (value: number | null | undefined): Cell =>
  value === null || value === undefined || !Number.isFinite(value) ? '–' : value;

const tables: { readonly [T in Picture['type']]: (picture: Of<T>) => Numbers } = {
  lines: ({ xLabel, x, lines }) => ({
    columns: [
      xLabel,
      ...lines.flatMap(({ name, low, high }) => [
        name,
        ...(low === undefined || high === undefined ? [] : [`${name}, low`, `${name}, high`]),
      ]),
    ],
    rows: x.map((at, i) => [
      cell(at),
      ...lines.flatMap(({ y, low, high }) => [
        cell(y[i]),
        ...(low === undefined || high === undefined ? [] : [cell(low[i]), cell(high[i])]),
      ]),
    ]),
  }),
  bars: ({ groups, bars }) => ({
    columns: [
      'group',
      ...bars.flatMap(({ name, low, high }) => [
        name,
        ...(low === undefined || high === undefined ? [] : [`${name}, low`, `${name}, high`]),
      ]),
    ],
    rows: groups.map((group, i) => [
      group,
      ...bars.flatMap(({ values, low, high }) => [
        cell(values[i]),
        ...(low === undefined || high === undefined ? [] : [cell(low[i]), cell(high[i])]),
      ]),
    ]),
  }),
  grid: ({ rows, columns, values, rowLabels, columnLabels }) => ({
    columns: ['row', ...Array.from({ length: columns }, (_, c) => columnLabels?.[c] ?? String(c + 1))],
    rows: Array.from({ length: rows }, (_, r) => [
      rowLabels?.[r] ?? String(r + 1),
      ...Array.from({ length: columns }, (_, c) => cell(values[r * columns + c])),
    ]),
  }),
  table: ({ columns, rows }) => ({ columns, rows }),
};

/** Every number of the picture. */
export const numbersOf = (picture: Picture): Numbers =>
  (tables[picture.type] as (picture: Picture) => Numbers)(picture);

const ends = (values: readonly (number | null)[]): string => {
  const finite = values.filter((value) => value !== null && Number.isFinite(value));
  const [first, last] = [finite[0], finite.at(-1)];
  return finite.length < 2 ? numberText(first) : `from ${numberText(first)} to ${numberText(last)}`;
};

const sentences: { readonly [T in Picture['type']]: (picture: Of<T>) => string } = {
  lines: ({ xLabel, yLabel, x, lines }) =>
    `Lines of ${yLabel} over ${xLabel} ${ends(x)}: ${lines.map(({ name, y }) => `${name} ${ends(y)}`).join('; ')}.`,
  bars: ({ yLabel, groups, bars }) =>
    `Bars of ${yLabel}: ${groups
      .map(
        (group, i) =>
          `${group}: ${bars.map(({ name, values }) => `${name} ${numberText(values[i])}`).join(', ')}`,
      )
      .join('; ')}.`,
  grid: ({ rows, columns, values }) => {
    const { from, to } = rangeOf(values);
    return `Grid of ${rows} by ${columns} numbers, as shades between ${numberText(from)} and ${numberText(to)}.`;
  },
  table: ({ columns, rows }) => `Table of ${rows.length} rows: ${columns.join(', ')}.`,
};

/** What is seen, in words. */
export const inWords = (picture: Picture): string =>
  `${picture.title.replace(/[.\s]+$/, '')}. ${(sentences[picture.type] as (picture: Picture) => string)(picture)}`;
