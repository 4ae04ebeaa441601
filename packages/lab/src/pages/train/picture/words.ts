/** @file What is written into the picture: the columns' names, and the class that the example has. */
import type { Pen } from './pen.js';
import type { Placed } from './placed.js';

/** Room for the columns' names. */
export const footer = 36;

const font = '12px system-ui, sans-serif';

/** A column's name and how many units it has, below it; `width` and `height` are the picture's. */
export function writeName(
  { context, muted }: Pen,
  { column, points }: Placed,
  width: number,
  height: number,
): void {
  const { name, total, shape } = column;
  context.fillStyle = muted;
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  const lines = shape === 'image' ? [name] : [name, String(total)];
  const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
  const middle = points.reduce((sum, { x }) => sum + x, 0) / Math.max(1, points.length);
  const x = Math.min(width - half, Math.max(half, middle));
  lines.forEach((line, i) => {
    context.fillText(line, x, height - 17 + 15 * i);
  });
}

/** The class of the example, beside its unit. */
export function writeClass(
  { context, ink }: Pen,
  { column, points, size }: Placed,
  label: number,
  classNames: readonly string[],
): void {
  const point = points[column.shown.indexOf(label)];
  if (point === undefined) return;
  context.fillStyle = ink;
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(`← ${classNames[label] ?? label}`, point.x + size / 2 + 3, point.y, 44);
}
