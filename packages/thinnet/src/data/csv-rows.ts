/** @file The rows below a CSV file's header, each as long as the header and with a label. */
import { ThinnetError } from '../error.js';
import type { CsvHeader } from './csv-header.js';
import type { CsvRow } from './csv-text.js';
import { readRows } from './csv-text.js';

/** Hands over each row below the header; gives the labels, as text. Errors: rows of another length; no label; no rows. */
export function readExamples(
  text: string,
  { delimiter, names, label }: CsvHeader,
  source: string,
  take: (row: CsvRow) => void,
): string[] {
  const labels: string[] = [];
  let isHeader = true;
  readRows(text, delimiter, source, (row) => {
    if (isHeader) {
      isHeader = false;
      return;
    }
    const { cells, line } = row;
    if (cells.length !== names.length)
      throw new ThinnetError(
        `${source}: line ${line()} has ${cells.length} cells; the header has ${names.length} columns`,
      );
    take(row);
    const cell = (cells[label] as string).trim();
    if (cell === '')
      throw new ThinnetError(
        `${source}: line ${line()}, label "${names[label]}" is empty; fill it in or remove the row`,
      );
    labels.push(cell);
  });
  if (labels.length === 0)
    throw new ThinnetError(`${source}: only a header; expected a row an example below it`);
  return labels;
}

/** The line of example `index`, for an error: reads the text once more. */
export function lineOfExample(text: string, delimiter: string, source: string, index: number): number {
  let line = 0;
  let row = -1;
  readRows(text, delimiter, source, (found) => {
    if (row++ < index) return true;
    line = found.line();
    return false;
  });
  return line;
}
