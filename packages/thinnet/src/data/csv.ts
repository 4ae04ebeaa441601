/** @file A dataset from a CSV file: a header, then a row an example. */
import { ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type { Task } from './build.js';
import { parseCell } from './csv-cell.js';
import { classNamesOf, numberClasses } from './csv-classes.js';
import type { CsvHeader } from './csv-header.js';
import { readHeader } from './csv-header.js';
import { lineOfExample, readExamples } from './csv-rows.js';
import { csvText } from './csv-text.js';
import type { Dataset } from './dataset.js';
import { sharedFloat32 } from './shared.js';

export interface CsvOptions {
  /** Name of the column to learn. */
  readonly label: string;
  /** The dataset's name; it also begins every error. */
  readonly name: string;
  /** By default `classification`: the label's values, as text, are the classes. `regression`: they are numbers. */
  readonly task?: Task;
  /** Columns to leave out, such as row numbers. Every other column is a feature. */
  readonly ignore?: readonly string[];
  /** The training set of which this is the test set: its columns and its classes hold. */
  readonly like?: CsvDataset;
  /** What errors advise; a program whose users do not set these options names its own. */
  readonly remedies?: Partial<CsvRemedies>;
}

/** How errors call what can be done about a file. */
export interface CsvRemedies {
  /** To leave out a column of words; `ignore the column` unless given. */
  readonly ignore: (column: string) => string;
  /** To learn numbers as targets, not classes; `set task to regression` unless given, null where that cannot be done. */
  readonly regression: string | null;
}

const keys: KeysOf<CsvOptions> = {
  label: true,
  name: true,
  task: true,
  ignore: true,
  like: true,
  remedies: true,
};
const remedyKeys: KeysOf<CsvRemedies> = { ignore: true, regression: true };

const ownRemedies: CsvRemedies = {
  ignore: () => 'ignore the column',
  regression: 'set task to regression',
};

/** A dataset that knows its columns; flat examples, float32. */
export interface CsvDataset extends Dataset {
  /** Names of the features, in their order. */
  readonly columns: readonly string[];
}

/**
 * More rows than these can't be in the text: a cell takes a character and a delimiter or line end; one that is
 * ignored may be empty.
 */
const rowLimit = (text: string, { names, features }: CsvHeader): number =>
  Math.floor((text.length + 1) / (names.length + features.length + 1));

/** All rows' cells: features as numbers, labels as text. */
function readCells(text: string, header: CsvHeader, source: string, ignore: CsvRemedies['ignore']) {
  const { names, features } = header;
  const values = sharedFloat32(rowLimit(text, header) * features.length);
  let count = 0;
  const labels = readExamples(text, header, source, ({ cells, line }) => {
    for (const column of features) {
      const value = parseCell(cells[column] as string, ignore(names[column] as string));
      if (typeof value === 'string')
        throw new ThinnetError(`${source}: line ${line()}, column "${names[column]}" is ${value}`);
      values[count++] = value;
    }
  });
  return { values: values.subarray(0, count), labels };
}

/**
 * Reads CSV text (RFC 4180; UTF-8, with or without byte order mark; \n or \r\n; quoted cells). The delimiter is the
 * first of comma, semicolon, tab and bar under which `label` is a column of the header. Spaces around a cell don't count.
 *
 * Classification: `classNames` are the distinct labels, sorted (numbers by value), `labels` their places.
 * Regression: `labels` are the numbers, [n, 1].
 *
 * Errors, each with its line and column: rows of unequal length; cells that are empty, not numeric or not finite. And: no
 * such column (lists them); columns without a name or with the same; no rows; one class only; a test set with
 * other columns or classes than its training set.
 */
export function readCsv(input: string | Uint8Array, options: CsvOptions): CsvDataset {
  checkOptions('readCsv', options, keys);
  if (options.remedies) checkOptions('readCsv: remedies', options.remedies, remedyKeys);
  const { label, name, task = 'classification', ignore = [], like } = options;
  const { ignore: ignoring, regression } = { ...ownRemedies, ...options.remedies };
  const text = csvText(input, name);
  const header = readHeader(text, label, ignore, name);
  const columns = header.features.map((column) => header.names[column] as string);
  checkColumns(columns, like, name);
  const { values, labels: cells } = readCells(text, header, name, ignoring);
  const line = (example: number): number => lineOfExample(text, header.delimiter, name, example);
  const common = { name, length: cells.length, shape: [columns.length], features: values, columns };

  if (task === 'regression') {
    const labels = sharedFloat32(cells.length);
    cells.forEach((cell, i) => {
      const value = parseCell(cell, ignoring(label));
      if (typeof value === 'string')
        throw new ThinnetError(`${name}: line ${line(i)}, label "${label}" is ${value}`);
      labels[i] = value;
    });
    return { ...common, labels, classes: 0 };
  }
  const classNames = like?.classNames ?? classNamesOf(cells, label, name, regression);
  const labels = numberClasses(cells, classNames, { label, name, like, line });
  return { ...common, labels, classes: classNames.length, classNames };
}

function checkColumns(columns: readonly string[], like: CsvDataset | undefined, name: string): void {
  if (like === undefined) return;
  const count = Math.max(columns.length, like.columns.length);
  for (let i = 0; i < count; i++) {
    if (columns[i] === like.columns[i]) continue;
    const show = (column: string | undefined): string => (column === undefined ? 'missing' : `"${column}"`);
    throw new ThinnetError(
      `${name}: feature ${i + 1} is ${show(columns[i])}, but ${show(like.columns[i])} in ${like.name}; both files need the same columns in the same order`,
    );
  }
}
