/** @file Draws the parts of a column: an image, feature maps, units. */
import type { ColumnMask } from '../../../experiment/frame.js';
import type { FrameEvent } from '../../../training/events.js';
import { brightness, type Pen } from './pen.js';
import { left, type Placed, type Point } from './placed.js';

/** Draws a column as the step's mask thins it; without a mask everything is there. */
export function drawColumn(
  pen: Pen,
  { column, points, size }: Placed,
  mask: ColumnMask | undefined,
  features: FrameEvent['example']['features'] | undefined,
): void {
  const plane = column.plane;
  points.forEach((middle, i) => {
    if (column.shape === 'image')
      framed(pen, middle, size, (corner) => drawPixels(pen, corner, size, plane, { features, mask }));
    else if (column.shape === 'maps')
      framed(pen, middle, size, (corner) => drawCells(pen, corner, size, plane, { mask, unit: i }));
    else drawUnit(pen, middle, size, left(mask, i, column));
  });
}

/** A square with a frame around what `fill` draws into it from its upper left corner. */
function framed(
  { context, panel, muted }: Pen,
  { x, y }: Point,
  size: number,
  fill: (corner: Point) => void,
): void {
  const corner = { x: x - size / 2, y: y - size / 2 };
  context.fillStyle = panel;
  context.fillRect(corner.x, corner.y, size, size);
  fill(corner);
  context.globalAlpha = 1;
  context.strokeStyle = muted;
  context.lineWidth = 0.7;
  context.strokeRect(corner.x, corner.y, size, size);
}

type Plane = readonly [height: number, width: number];

interface Pixels {
  readonly features: FrameEvent['example']['features'] | undefined;
  readonly mask: ColumnMask | undefined;
}

function drawPixels(
  { context, ink, muted }: Pen,
  { x, y }: Point,
  size: number,
  [height, width]: Plane,
  { features, mask }: Pixels,
): void {
  const cell = size / Math.max(height, width);
  features?.forEach((value, i) => {
    const isDropped = mask?.kept[i] === 0;
    context.globalAlpha = isDropped ? 0.16 : value / 255;
    context.fillStyle = isDropped ? muted : ink;
    context.fillRect(x + (i % width) * cell, y + Math.floor(i / width) * cell, cell + 0.2, cell + 0.2);
  });
}

interface Cells {
  readonly mask: ColumnMask | undefined;
  readonly unit: number;
}

function drawCells(
  { context, accent }: Pen,
  { x, y }: Point,
  size: number,
  [height, width]: Plane,
  { mask, unit }: Cells,
): void {
  const cells = mask?.cells ?? 1;
  const [rows, columns] = cells === 1 ? [1, 1] : [height, width];
  const [w, h] = [size / columns, size / rows];
  const gap = cells > 1 ? 0.5 : 0;
  context.fillStyle = accent;
  for (let cell = 0; cell < cells; cell++) {
    const kept = mask?.kept[unit * cells + cell] ?? 1;
    if (kept === 0) continue;
    context.globalAlpha = brightness(kept, 0.9, 0.1);
    context.fillRect(x + (cell % columns) * w, y + Math.floor(cell / columns) * h, w - gap, h - gap);
  }
}

function drawUnit({ context, panel, muted, accent }: Pen, { x, y }: Point, size: number, kept: number): void {
  context.beginPath();
  context.arc(x, y, size / 2, 0, 2 * Math.PI);
  context.fillStyle = panel;
  context.fill();
  if (kept === 0) {
    context.setLineDash([2, 2]);
    context.strokeStyle = muted;
  } else {
    context.globalAlpha = brightness(kept, 1, 0.12);
    context.fillStyle = accent;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = accent;
  }
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}
