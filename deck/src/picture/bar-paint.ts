/** @file The bars themselves, with their error bars, painted into a plot: upright, or lying where the groups go downwards. */
import type uPlot from 'uplot';
import type { BarPicture } from '../picture.js';
import type { Legend } from './legend.js';

/** Of a group's share of the axis, what its bars take. */
const filled = 0.7;
const widestBar = 56;

/** Whether the groups stand below each other. */
const isLying = ({ scales }: uPlot): boolean => scales.x?.ori === 1;

export function paintBars(plot: uPlot, { groups, bars }: BarPicture, legend: Legend, ink: string): void {
  const { ctx, bbox } = plot;
  const lying = isLying(plot);
  const place = (value: number) => plot.valToPos(value, 'y', true);
  const group = (lying ? bbox.height : bbox.width) / groups.length;
  const width = Math.min((group * filled) / bars.length, widestBar * devicePixelRatio);
  /** From one value to another, so far to both sides of the middle of the bar. */
  const rectangle = (from: number, to: number, middle: number, half: number) => {
    const [start, length] = [Math.min(from, to), Math.max(1, Math.abs(to - from))];
    if (lying) ctx.fillRect(start, middle - half, length, 2 * half);
    else ctx.fillRect(middle - half, start, 2 * half, length);
  };
  const line = (from: readonly [number, number], to: readonly [number, number]) => {
    const [a, b] = lying ? [from.toReversed(), to.toReversed()] : [from, to];
    ctx.moveTo(a[0] as number, a[1] as number);
    ctx.lineTo(b[0] as number, b[1] as number);
  };
  ctx.save();
  for (const [b, { values, low, high }] of bars.entries()) {
    for (const [g, value] of values.entries()) {
      if (!Number.isFinite(value)) continue;
      const middle = plot.valToPos(g, 'x', true) + (b - (bars.length - 1) / 2) * width;
      ctx.fillStyle = legend.colour(b);
      rectangle(place(0), place(value), middle, width * 0.46);
      const [from, to] = [low?.[g], high?.[g]];
      if (from === undefined || to === undefined || !Number.isFinite(from) || !Number.isFinite(to)) continue;
      const cap = Math.min(width * 0.2, 6 * devicePixelRatio);
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.beginPath();
      for (const end of [place(from), place(to)]) line([middle - cap, end], [middle + cap, end]);
      line([middle, place(from)], [middle, place(to)]);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** Names beside lying bars; a name of several lines stands around its group's middle. */
export function paintNames(plot: uPlot, names: readonly string[], font: string, colour: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  Object.assign(ctx, { font, fillStyle: colour, textAlign: 'right', textBaseline: 'middle' });
  for (const [g, name] of names.entries()) {
    const lines = name.split('\n');
    const middle = plot.valToPos(g, 'x', true);
    for (const [i, text] of lines.entries())
      ctx.fillText(
        text,
        bbox.left - 8 * devicePixelRatio,
        middle + (i - (lines.length - 1) / 2) * nameHeight * devicePixelRatio,
      );
  }
  ctx.restore();
}

/** Pixels of a line of a name. */
export const nameHeight = 15;
