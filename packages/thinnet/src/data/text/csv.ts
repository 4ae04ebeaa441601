/** @file Texts with their classes from a CSV file. */
import { ThinnetError } from '../../error.js';
import { checkOptions, type KeysOf } from '../../options/check.js';
import type { CsvRemedies } from '../csv.js';
import { classNamesOf, numberClasses } from '../csv-classes.js';
import { readHeader } from '../csv-header.js';
import { lineOfExample, readExamples } from '../csv-rows.js';
import { csvText } from '../csv-text.js';
import type { LabelledTexts } from './dataset.js';

export interface CsvTextOptions {
  /** Name of the column of texts. */
  readonly text: string;
  /** Name of the column of classes. */
  readonly label: string;
  /** The data's name; it also begins every error. */
  readonly name: string;
  /** Columns that are meant to be left out; others that are neither text nor label are listed as `unused`. */
  readonly ignore?: readonly string[];
  /** The training texts of which these are the test texts: their classes hold. */
  readonly like?: LabelledTexts;
}

const keys: KeysOf<CsvTextOptions> = { text: true, label: true, name: true, ignore: true, like: true };

/** Texts that know which columns beside them were not read. */
export interface CsvTexts extends LabelledTexts {
  readonly unused: readonly string[];
}

/** What can be learned of numbers is for `readCsv`. */
const regression: CsvRemedies['regression'] = null;

/**
 * Reads the texts and classes of CSV text; everything else is as in `readCsv`. Cells of texts may be quoted and then hold commas,
 * quotes ("") and line ends. `classNames` are the distinct labels, sorted (numbers by value), `labels` their places.
 *
 * Errors, each with its line: rows of unequal length; a text or label that is empty. And: no such column (lists them); columns
 * without a name or with the same; one class only, or as many as rows; a test set with a class that its training set doesn't have.
 */
export function readCsvTexts(input: string | Uint8Array, options: CsvTextOptions): CsvTexts {
  checkOptions('readCsvTexts', options, keys);
  const { text: column, label, name, ignore = [], like } = options;
  if (column === label)
    throw new ThinnetError(
      `${name}: column "${label}" is to be text and label; name another for one of them`,
    );
  if (ignore.includes(column))
    throw new ThinnetError(`${name}: column "${column}" is the text and can't be ignored`);
  const csv = csvText(input, name);
  const header = readHeader(csv, label, ignore, name);
  const at = header.names.indexOf(column);
  if (at < 0)
    throw new ThinnetError(
      `${name}: no column "${column}" of texts; the columns are ${header.names.join(', ')}`,
    );
  const texts: string[] = [];
  const cells = readExamples(csv, header, name, (row) => {
    const text = row.cells[at] as string;
    if (text.trim() === '')
      throw new ThinnetError(
        `${name}: line ${row.line()}, text "${column}" is empty; fill it in or remove the row`,
      );
    texts.push(text);
  });
  const line = (example: number): number => lineOfExample(csv, header.delimiter, name, example);
  const classNames = like?.classNames ?? classNamesOf(cells, label, name, regression);
  const labels = numberClasses(cells, classNames, { label, name, like, line });
  const unused = header.features.flatMap((i) => (i === at ? [] : [header.names[i] as string]));
  return { name, length: texts.length, texts, labels, classes: classNames.length, classNames, unused };
}
