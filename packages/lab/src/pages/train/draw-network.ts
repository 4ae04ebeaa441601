/** @file Draws a network and the masks of a step on a canvas: columns from the input to the classes. */
import type { ColumnMask } from '../../experiment/frame.js';
import type { Column } from '../../experiment/picture.js';
import type { FrameEvent } from '../../training/events.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a column's parts are. */
interface Placed {
  readonly column: Column;
  /** The middle of each drawn unit. */
  readonly points: readonly Point[];
  /** Side of a unit's square, or its diameter. */
  readonly size: number;
}

interface Colours {
  readonly ink: string;
  readonly muted: string;
  readonly hairline: string;
  readonly accent: string;
  readonly panel: string;
}

/** Room for the columns' names. */
const footer = 36;

/** Draws at the canvas's own size, sharp on every display. Without a frame all units are there. */
export function drawNetwork(
  canvas: HTMLCanvasElement,
  columns: readonly Column[],
  event: FrameEvent | undefined,
  classNames: readonly string[],
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  const sharp = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * sharp);
  canvas.height = Math.round(height * sharp);
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, width, height);
  const colours = coloursNow();
  const placed = columns.map((column, i) => place(column, i, columns.length, width, height - footer));
  placed.forEach((from, i) => {
    const to = placed[i + 1];
    if (to)
      drawEdges(context, from, to, {
        mask: event?.frame.masks[i],
        next: event?.frame.masks[i + 1],
        edges: event?.frame.edges[i],
        colours,
      });
  });
  placed.forEach((one, i) => {
    drawColumn(context, one, event?.frame.masks[i], event, colours);
    label(context, one, height, width, colours);
  });
  const outputs = placed.at(-1);
  if (outputs && event) drawAnswer(context, outputs, event, classNames, colours);
}

function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: of('--ink'),
    muted: of('--muted'),
    hairline: of('--hairline'),
    accent: of('--accent'),
    panel: of('--panel'),
  };
}

function place(column: Column, number: number, count: number, width: number, height: number): Placed {
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
function left(mask: ColumnMask | undefined, unit: number, column: Column): number {
  if (mask === undefined || column.shape === 'image') return 1;
  let sum = 0;
  for (let cell = 0; cell < mask.cells; cell++) sum += mask.kept[unit * mask.cells + cell] as number;
  return sum / mask.cells;
}

interface Edges {
  readonly mask: ColumnMask | undefined;
  readonly next: ColumnMask | undefined;
  readonly edges: Float32Array | undefined;
  readonly colours: Colours;
}

/** A dropped unit has no connections in this step. */
function drawEdges(
  context: CanvasRenderingContext2D,
  from: Placed,
  to: Placed,
  { mask, next, edges, colours }: Edges,
): void {
  context.strokeStyle = colours.muted;
  context.lineWidth = 0.6;
  context.globalAlpha = Math.min(0.35, 6 / Math.max(from.points.length, to.points.length));
  context.beginPath();
  from.points.forEach((a, i) => {
    if (left(mask, i, from.column) === 0) return;
    to.points.forEach((b, j) => {
      if (edges ? edges[i * to.points.length + j] === 0 : left(next, j, to.column) === 0) return;
      context.moveTo(a.x + from.size / 2, a.y);
      context.lineTo(b.x - to.size / 2, b.y);
    });
  });
  context.stroke();
  context.globalAlpha = 1;
}

function drawColumn(
  context: CanvasRenderingContext2D,
  { column, points, size }: Placed,
  mask: ColumnMask | undefined,
  event: FrameEvent | undefined,
  colours: Colours,
): void {
  points.forEach((point, i) => {
    if (column.shape === 'image') drawImage(context, column, point, size, mask, event, colours);
    else if (column.shape === 'maps') drawMap(context, column, point, size, mask, i, colours);
    else drawUnit(context, point, size, left(mask, i, column), colours);
  });
}

function drawUnit(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  size: number,
  kept: number,
  colours: Colours,
): void {
  context.beginPath();
  context.arc(x, y, size / 2, 0, 2 * Math.PI);
  context.fillStyle = colours.panel;
  context.fill();
  if (kept === 0) {
    context.setLineDash([2, 2]);
    context.strokeStyle = colours.muted;
  } else {
    // Gaussian noise makes a unit weaker or stronger; twice as strong is as bright as it gets.
    context.globalAlpha = kept === 1 ? 1 : Math.min(1, Math.max(0.12, Math.abs(kept) / 2));
    context.fillStyle = colours.accent;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colours.accent;
  }
  context.lineWidth = 1;
  context.stroke();
  context.setLineDash([]);
}

function drawMap(
  context: CanvasRenderingContext2D,
  { plane: [height, width] }: Column,
  { x, y }: Point,
  size: number,
  mask: ColumnMask | undefined,
  unit: number,
  colours: Colours,
): void {
  const [x0, y0] = [x - size / 2, y - size / 2];
  context.fillStyle = colours.panel;
  context.fillRect(x0, y0, size, size);
  context.fillStyle = colours.accent;
  const cells = mask?.cells ?? 1;
  const [rows, columns] = cells === 1 ? [1, 1] : [height, width];
  for (let cell = 0; cell < cells; cell++) {
    const kept = mask?.kept[unit * cells + cell] ?? 1;
    if (kept === 0) continue;
    context.globalAlpha = kept === 1 ? 0.9 : Math.min(1, Math.max(0.1, Math.abs(kept) / 2));
    const [w, h] = [size / columns, size / rows];
    context.fillRect(
      x0 + (cell % columns) * w,
      y0 + Math.floor(cell / columns) * h,
      w - (cells > 1 ? 0.5 : 0),
      h - (cells > 1 ? 0.5 : 0),
    );
  }
  context.globalAlpha = 1;
  context.strokeStyle = colours.muted;
  context.lineWidth = 0.7;
  context.strokeRect(x0, y0, size, size);
}

function drawImage(
  context: CanvasRenderingContext2D,
  { plane: [height, width] }: Column,
  { x, y }: Point,
  size: number,
  mask: ColumnMask | undefined,
  event: FrameEvent | undefined,
  colours: Colours,
): void {
  const [x0, y0] = [x - size / 2, y - size / 2];
  const features = event?.example.features;
  const cell = size / Math.max(height, width);
  context.fillStyle = colours.panel;
  context.fillRect(x0, y0, size, size);
  if (features)
    for (let i = 0; i < features.length; i++) {
      const isDropped = mask?.kept[i] === 0;
      context.globalAlpha = isDropped ? 0.16 : (features[i] as number) / 255;
      context.fillStyle = isDropped ? colours.muted : colours.ink;
      context.fillRect(x0 + (i % width) * cell, y0 + Math.floor(i / width) * cell, cell + 0.2, cell + 0.2);
    }
  context.globalAlpha = 1;
  context.strokeStyle = colours.muted;
  context.lineWidth = 0.7;
  context.strokeRect(x0, y0, size, size);
}

function label(
  context: CanvasRenderingContext2D,
  { column, points }: Placed,
  height: number,
  width: number,
  colours: Colours,
): void {
  const { name, total, shape } = column;
  context.fillStyle = colours.muted;
  context.font = '12px system-ui, sans-serif';
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

/** The class that the example has, beside its unit. */
function drawAnswer(
  context: CanvasRenderingContext2D,
  { column, points, size }: Placed,
  { example }: FrameEvent,
  classNames: readonly string[],
  colours: Colours,
): void {
  const i = column.shown.indexOf(example.label);
  const point = points[i];
  if (point === undefined) return;
  context.fillStyle = colours.ink;
  context.font = '12px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(`← ${classNames[example.label] ?? example.label}`, point.x + size / 2 + 3, point.y, 44);
}
