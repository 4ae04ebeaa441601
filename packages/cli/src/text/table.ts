/** @file A table without borders as lines of text: two spaces between columns, none behind the last. */
import CliTable from 'cli-table3';

export interface TableLook {
  /** Titles of the columns, if they have any. */
  readonly head?: readonly string[];
  /** Of each column; left unless given. */
  readonly alignments?: readonly ('left' | 'right')[];
  /** Of each column, in characters; longer text is broken at spaces. Else each column is as wide as its longest text. */
  readonly widths?: readonly number[];
}

const lines =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid right right-mid mid mid-mid';
const chars = { ...Object.fromEntries(lines.split(' ').map((name) => [name, ''])), middle: '  ' };
const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };

/** The table's lines; a cell that is an object may span columns. */
export function tableLines(
  { head, alignments, widths }: TableLook,
  rows: readonly (readonly CliTable.Cell[])[],
): readonly string[] {
  const table = new CliTable({
    chars,
    style,
    ...(head === undefined ? {} : { head: [...head] }),
    ...(alignments === undefined ? {} : { colAligns: [...alignments] }),
    ...(widths === undefined ? {} : { colWidths: [...widths], wordWrap: true }),
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
