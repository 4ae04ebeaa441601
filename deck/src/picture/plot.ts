/** @file What lines and bars share: a frame in which uPlot draws, as wide as the page has room. */
import type uPlot from 'uplot';
import { colourOf } from './dom.js';
import type { Drawing, PictureTools } from './draw.js';
import { showTicks } from './format.js';

/** The font of an axis, in pixels of the page or of a canvas that has `ratio` times as many. */
export const tickFont = (frame: Element, ratio = 1): string =>
  `${12 * ratio}px ${getComputedStyle(frame).fontFamily}`;

/** An axis in the page's colours. */
export function axis(frame: HTMLElement, label: string): uPlot.Axis {
  const font = tickFont(frame);
  const muted = () => colourOf(frame);
  return {
    label,
    labelFont: font,
    labelSize: 20,
    labelGap: 0,
    font,
    stroke: muted,
    grid: { stroke: () => faint(muted(), 0.18), width: 1 },
    ticks: { show: false },
    values: (_, ticks) => showTicks(ticks),
  };
}

/** The width of an axis at the side, for its widest number. */
export const sideSize = (plot: uPlot, values: readonly string[] | null): number => {
  plot.ctx.save();
  plot.ctx.font = tickFont(plot.root.parentElement ?? plot.root, devicePixelRatio);
  const widest = Math.max(
    20,
    ...(values ?? []).map((value) => plot.ctx.measureText(value).width / devicePixelRatio),
  );
  plot.ctx.restore();
  return Math.ceil(widest) + 14;
};

/** A resolved colour, made transparent. */
export function faint(colour: string, share: number): string {
  const numbers = colour.match(/[\d.]+/g) ?? [];
  return `rgba(${numbers.slice(0, 3).join(', ')}, ${share})`;
}

/** How high a plot of so many pixels' width is. */
export const heightFor = (width: number): number => (width < 500 ? 220 : 280);

/** uPlot's options, and by how many pixels the plot is `more` than usually high. */
export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'> & { readonly more?: number };

/** Makes the plot, again at every redraw: `options` are asked for with the width that there is. */
export function plotIn(
  frame: HTMLElement,
  { uPlot: Plot }: PictureTools,
  data: uPlot.AlignedData,
  options: (width: number) => PlotOptions,
): Drawing {
  let plot: uPlot | undefined;
  const draw = () => {
    plot?.destroy();
    const width = Math.max(120, frame.clientWidth);
    const { more = 0, ...rest } = options(width);
    const height = heightFor(width) + more;
    const common = { width, height, padding: [12, 10, 0, 0] as uPlot.Padding, legend: { show: false } };
    plot = new Plot({ ...common, ...rest }, data, frame);
  };
  draw();
  return { redraw: draw, destroy: () => plot?.destroy() };
}
