/** @file Draws a network and the masks of a step on a canvas: columns from the input to the classes. */
import type { Column } from '../../../experiment/picture.js';
import type { FrameEvent } from '../../../training/events.js';
import { drawEdges } from './edges.js';
import { penFor } from './pen.js';
import { place } from './placed.js';
import { drawColumn } from './units.js';
import { footer, writeClass, writeName } from './words.js';

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
  const pen = penFor(context);
  const placed = columns.map((column, i) => place(column, i, columns.length, width, height - footer));
  placed.forEach((from, i) => {
    const to = placed[i + 1];
    if (to) drawEdges(pen, [from, to], event?.frame, i);
  });
  placed.forEach((column, i) => {
    drawColumn(pen, column, event?.frame.masks[i], event?.example.features);
    writeName(pen, column, width, height);
  });
  const outputs = placed.at(-1);
  if (outputs && event) writeClass(pen, outputs, event.example.label, classNames);
}
