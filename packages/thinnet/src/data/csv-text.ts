/** @file CSV text to rows of cells (RFC 4180), each with the line it starts on. */
import Papa from 'papaparse';
import { ThinnetError } from '../error.js';

/** One row; `line()` counts from 1 and is worked out only when an error needs it. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: () => number;
}

/** The characters that separate cells in practice, by their names. */
export const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

/** The longest text that a JavaScript engine takes as one string is about 2^29 characters. */
const MAX_BYTES = 2 ** 29 - 64;

/** The text of a CSV file, without its byte order mark. Errors: not UTF-8; longer than 512 MiB. */
export function csvText(input: string | Uint8Array, source: string): string {
  if (typeof input === 'string') return input.replace(/^\ufeff/, '');
  if (input.length > MAX_BYTES)
    throw new ThinnetError(
      `${source}: ${input.length} bytes of CSV; at most 512 MiB can be read (save large data as NPY)`,
    );
  try {
    // TextDecoder takes no shared memory.
    const bytes = input.buffer instanceof ArrayBuffer ? input : input.slice();
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ThinnetError(`${source}: not UTF-8 text; save the file as "CSV UTF-8"`);
  }
}

/** The line on which the character at `position` is. Line ends: \n, \r\n or \r. */
function lineAt(text: string, position: number): number {
  const before = text.slice(0, position);
  return (before.match(/\r\n|\n|\r/g)?.length ?? 0) + 1;
}

/** Skips line ends: the cursor before a row may stand on blank lines. */
function skipBlank(text: string, position: number): number {
  let at = position;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

/**
 * Hands over the rows of a CSV text one by one; blank lines are skipped. Return false from `onRow` to stop.
 *
 * Errors: quotes that are not closed or stand where none may.
 */
export function readRows(
  text: string,
  delimiter: string,
  source: string,
  onRow: (row: CsvRow) => unknown,
): void {
  let start = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: true,
    step: ({ data, errors, meta }, parser) => {
      const from = start;
      const line = (): number => lineAt(text, skipBlank(text, from));
      start = meta.cursor;
      const [error] = errors;
      if (error !== undefined) throw new ThinnetError(`${source}: line ${line()}: ${quoteError(error.code)}`);
      if (onRow({ cells: data, line }) === false) parser.abort();
    },
  });
}

const quoteError = (code: string): string =>
  code === 'MissingQuotes'
    ? 'a quoted cell is never closed; add the missing "'
    : 'a quoted cell goes on after its closing quote; write a quote inside a quoted cell twice ("")';
