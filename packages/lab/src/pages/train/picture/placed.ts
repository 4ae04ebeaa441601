/** @file Where the columns of a drawn network are, and what is left of their units. */
import type { ColumnMask } from '../../../experiment/frame.js';
import type { Column } from '../../../experiment/picture.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a column's parts are. */
export interface Placed {
  readonly column: Column;
  /** The middle of each drawn unit. */
  readonly points: readonly Point[];
  /** Side of a unit's square, or its diameter. */
  readonly size: number;
}

/** Places column `number` of `count` in a picture of this size. */
export function place(column: Column, number: number, count: number, width: number, height: number): Placed {
  const side = Math.min((0.72 * width) / count, 130);
  const left = column.shape === 'image' ? side / 2 + 4 : 24;
  const x = number === 0 ? left : left + ((width - left - 60) * number) / (count - 1);
  if (column.shape === 'image')
    return { column, points: [{ x, y: height / 2 }], size: Math.min(side, height * 0.5) };
  const { length } = column.shown;
  // Maps stand in two columns where they are many.
  const perRow = column.shape === 'maps' && length > 6 ? 2 : 1;
  const rows = Math.ceil(length / perRow);
  const pitch = Math.min((height - 8) / rows, column.shape === 'maps' ? 44 : 26);
  const size = Math.max(2, pitch * (column.shape === 'maps' ? 0.86 : 0.62));
  const top = (height - pitch * rows) / 2 + pitch / 2;
  const points = column.shown.map((_, i) => ({
    x: x + ((i % perRow) - (perRow - 1) / 2) * (size + 4),
    y: top + Math.floor(i / perRow) * pitch,
  }));
  return { column, points, size };
}

/** What is left of a drawn unit, 0 to 1; of a map, the share of its cells. */
export function left(mask: ColumnMask | undefined, unit: number, column: Column): number {
  if (mask === undefined || column.shape === 'image') return 1;
  let sum = 0;
  for (let cell = 0; cell < mask.cells; cell++) sum += mask.kept[unit * mask.cells + cell] as number;
  return sum / mask.cells;
}
