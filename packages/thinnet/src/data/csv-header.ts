/** @file The header of a CSV file: which column is the label and which are features. */
import { ThinnetError } from '../error.js';
import { csvText, delimiters, readRows } from './csv-text.js';

export interface CsvHeader {
  readonly delimiter: string;
  /** All columns in the file's order. */
  readonly names: readonly string[];
  readonly label: number;
  /** Places of the features' columns, ascending. */
  readonly features: readonly number[];
}

interface FirstRow {
  readonly delimiter: string;
  readonly names: readonly string[];
}

function firstRow(text: string, delimiter: string, source: string): FirstRow {
  let names: string[] | undefined;
  readRows(text, delimiter, source, ({ cells }) => {
    names = cells.map((cell) => cell.trim());
    return false;
  });
  if (names === undefined)
    throw new ThinnetError(`${source}: empty file; expected a header and a row an example`);
  return { delimiter, names };
}

/** The first row under each delimiter that can read it: quotes are in the wrong places under others. Not empty. */
function firstRows(text: string, source: string): FirstRow[] {
  const refusals: unknown[] = [];
  const rows = Object.keys(delimiters).flatMap((delimiter) => {
    try {
      return [firstRow(text, delimiter, source)];
    } catch (error) {
      refusals.push(error);
      return [];
    }
  });
  if (rows.length === 0) throw refusals[0];
  return rows;
}

/** The row under the delimiter that gives most columns. */
const widest = (rows: readonly FirstRow[]): FirstRow =>
  rows.reduce((best, row) => (row.names.length > best.names.length ? row : best));

/** Names of a CSV file's columns, to ask which is the label. Errors: an empty file; not UTF-8. */
export const csvColumns = (input: string | Uint8Array, source: string): readonly string[] =>
  widest(firstRows(csvText(input, source), source)).names;

/** The first row under the first delimiter that makes the label a column. */
function splitHeader(text: string, label: string, source: string): FirstRow {
  const rows = firstRows(text, source);
  const row = rows.find(({ names }) => names.includes(label));
  if (row !== undefined) return row;
  throw new ThinnetError(
    `${source}: no column "${label}"; the columns are ${listColumns(widest(rows).names)}`,
  );
}

const SHOWN = 20;
const listColumns = (names: readonly string[]): string =>
  names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '');

/**
 * Reads the header. The delimiter is the first of comma, semicolon, tab and bar under which the label is a column.
 *
 * Errors: an empty file; no column of that name (lists them); a name that is empty or occurs twice; a column to ignore
 * that doesn't exist; no feature column.
 */
export function readHeader(
  text: string,
  label: string,
  ignore: readonly string[],
  source: string,
): CsvHeader {
  const { delimiter, names } = splitHeader(text, label, source);
  names.forEach((name, i) => {
    if (name === '')
      throw new ThinnetError(`${source}: column ${i + 1} has no name; give every column of the header one`);
    if (names.indexOf(name) !== i)
      throw new ThinnetError(`${source}: two columns are called "${name}"; rename one`);
  });
  for (const name of ignore) {
    if (name === label)
      throw new ThinnetError(`${source}: column "${name}" is the label and can't be ignored`);
    if (!names.includes(name))
      throw new ThinnetError(
        `${source}: no column "${name}" to ignore; the columns are ${listColumns(names)}`,
      );
  }
  const features = names.flatMap((name, i) => (name === label || ignore.includes(name) ? [] : [i]));
  if (features.length === 0)
    throw new ThinnetError(
      `${source}: no column besides the label "${label}"; at least one feature is needed`,
    );
  return { delimiter, names, label: names.indexOf(label), features };
}
