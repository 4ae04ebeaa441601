/** @file Rows of a table. */
import type { TablePicture } from '../picture.js';
import { make } from './dom.js';
import type { Draw } from './draw.js';
import { numberText } from './format.js';

/** A table with a head; numbers to the right. `name` is what it is called where it is scrolled to. */
export function tableOf({ title, columns, rows }: Omit<TablePicture, 'type'>): HTMLElement {
  const isNumeric = columns.map(
    (_, c) => c > 0 && rows.every((row) => typeof row[c] !== 'string' || row[c] === '–'),
  );
  const side = (c: number) => (isNumeric[c] ? { class: 'number' } : {});
  const head = columns.map((column, c) => make('th', { scope: 'col', ...side(c) }, column));
  const body = rows.map((row) =>
    make(
      'tr',
      {},
      ...row.map((cell, c) => {
        const text = typeof cell === 'number' ? numberText(cell, 6) : cell;
        return c === 0 ? make('th', { scope: 'row' }, text) : make('td', side(c), text);
      }),
    ),
  );
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body));
  // What scrolls must be reachable by the keyboard.
  return make('div', { class: 'picture-table', tabindex: 0, role: 'region', 'aria-label': title }, table);
}

export const drawTable: Draw<TablePicture> = (frame, picture) => {
  frame.append(tableOf(picture));
  return { redraw() {}, destroy() {} };
};
