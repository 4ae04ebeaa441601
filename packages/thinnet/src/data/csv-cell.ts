/** @file One cell of a CSV file as a number. */

/** What may follow a 0 in a literal of another base, which `Number` would take. */
const basePrefix = /^0[xob]/i;

/** The number a cell holds, rounded to float32; or, in words, why it holds none. `ignore` says how its column is left out. */
export function parseCell(cell: string, ignore: string): number | string {
  const text = cell.trim();
  if (text === '') return 'empty; fill it in or remove the row';
  const value = Number(text);
  if (Number.isNaN(value) || basePrefix.test(text))
    return `"${shorten(text)}", not a number; encode it as one, or ${ignore}`;
  const rounded = Math.fround(value);
  if (!Number.isFinite(value)) return `${shorten(text)}; only finite numbers can be learned from`;
  if (!Number.isFinite(rounded)) return `${shorten(text)}, beyond float32 (3.4e38); scale the column`;
  return rounded;
}

const shorten = (text: string): string =>
  (text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(/\s+/g, ' ');
