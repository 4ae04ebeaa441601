/** @file Draws the connections between two columns: a dropped unit has none in this step. */
import type { Frame } from '../../../experiment/frame.js';
import type { Pen } from './pen.js';
import { left, type Placed } from './placed.js';

/** From the column `number` of the frame to the next one. */
export function drawEdges(
  { context, muted }: Pen,
  [from, to]: readonly [from: Placed, to: Placed],
  frame: Frame | undefined,
  number: number,
): void {
  const mask = frame?.masks[number];
  const next = frame?.masks[number + 1];
  const edges = frame?.edges[number];
  const isThere = (i: number, j: number): boolean =>
    edges ? edges[i * to.points.length + j] !== 0 : left(next, j, to.column) !== 0;
  context.strokeStyle = muted;
  context.lineWidth = 0.6;
  context.globalAlpha = Math.min(0.35, 6 / Math.max(from.points.length, to.points.length));
  context.beginPath();
  from.points.forEach((a, i) => {
    if (left(mask, i, from.column) === 0) return;
    to.points.forEach((b, j) => {
      if (!isThere(i, j)) return;
      context.moveTo(a.x + from.size / 2, a.y);
      context.lineTo(b.x - to.size / 2, b.y);
    });
  });
  context.stroke();
  context.globalAlpha = 1;
}
