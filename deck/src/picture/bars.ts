/** @file Bars in groups, with error bars. */
import type uPlot from 'uplot';
import type { BarPicture } from '../picture.js';
import { colourOf, make } from './dom.js';
import type { Draw } from './draw.js';
import { show } from './format.js';
import { type Legend, legendOf } from './legend.js';
import { axis, plotIn, sideSize } from './plot.js';

/** Of a group's width, the share that its bars take. */
const filled = 0.7;
const widestBar = 56;

/** Names broken into lines of at most `length` characters where they have spaces. */
export function wrapped(name: string, length: number): string {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** The axis's range: from 0 to the farthest bar or error bar, with some air. */
function rangeOf({ bars }: BarPicture): [number, number] {
  const all = bars
    .flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high])
    .filter(Number.isFinite);
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  const air = 0.06 * (most - least || 1);
  return [least < 0 ? least - air : 0, most > 0 || least === 0 ? most + air : 0];
}

function paint(plot: uPlot, { groups, bars }: BarPicture, legend: Legend, ink: string): void {
  const { ctx } = plot;
  const place = (value: number) => plot.valToPos(value, 'y', true);
  const group = plot.bbox.width / groups.length;
  const width = Math.min((group * filled) / bars.length, widestBar * devicePixelRatio);
  ctx.save();
  for (const [b, { values, low, high }] of bars.entries()) {
    for (const [g, value] of values.entries()) {
      if (!Number.isFinite(value)) continue;
      const middle = plot.valToPos(g, 'x', true) + (b - (bars.length - 1) / 2) * width;
      const [zero, end] = [place(0), place(value)];
      ctx.fillStyle = legend.colour(b);
      ctx.fillRect(
        middle - width * 0.46,
        Math.min(zero, end),
        width * 0.92,
        Math.max(1, Math.abs(end - zero)),
      );
      const [from, to] = [low?.[g], high?.[g]];
      if (from === undefined || to === undefined || !Number.isFinite(from) || !Number.isFinite(to)) continue;
      const cap = Math.min(width * 0.2, 6 * devicePixelRatio);
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.beginPath();
      for (const y of [place(from), place(to)]) {
        ctx.moveTo(middle - cap, y);
        ctx.lineTo(middle + cap, y);
      }
      ctx.moveTo(middle, place(from));
      ctx.lineTo(middle, place(to));
      ctx.stroke();
    }
  }
  ctx.restore();
}

export const drawBars: Draw<BarPicture> = (frame, picture, tools) => {
  const { groups, bars } = picture;
  const legend = legendOf(bars.map(({ name }) => name));
  const box = make('div', { class: 'picture-plot' });
  frame.append(legend.element, box);
  const read = (group: number) =>
    legend.read(
      groups[group] ?? '',
      bars.map(({ values, low, high }) => {
        const [from, to] = [low?.[group], high?.[group]];
        const range = from === undefined || to === undefined ? '' : ` (${show(from, 3)} to ${show(to, 3)})`;
        return `${show(values[group])}${range}`;
      }),
    );
  if (groups.length > 0) read(groups.length - 1);
  const data = [groups.map((_, i) => i), groups.map(() => null)] as unknown as uPlot.AlignedData;
  const range = rangeOf(picture);
  return plotIn(box, tools, data, (width) => {
    const room = Math.max(1, (width - 70) / Math.max(1, groups.length) / 6.6);
    const longestWord = Math.max(...groups.flatMap((name) => name.split(' ')).map((word) => word.length), 1);
    const isTurned = longestWord > room;
    const names = groups.map((name) => (isTurned ? name : wrapped(name, room)));
    const rows = Math.max(1, ...names.map((name) => name.split('\n').length));
    const size = isTurned ? 14 + 5.2 * Math.max(...groups.map((name) => name.length)) : 12 + 16 * rows;
    return {
      more: Math.min(150, size) - 28,
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: false, range: [-0.5, groups.length - 0.5] }, y: { range } },
      axes: [
        {
          ...axis(box, ''),
          grid: { show: false },
          labelSize: 0,
          size: Math.min(150, size),
          splits: () => groups.map((_, i) => i),
          values: () => names,
          ...(isTurned ? { rotate: 50 } : {}),
        },
        { ...axis(box, picture.yLabel), size: sideSize, space: 40 },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        draw: [(plot) => paint(plot, picture, legend, colourOf(frame))],
        setCursor: [
          (plot) =>
            read(
              plot.cursor.left === undefined || plot.cursor.left < 0
                ? groups.length - 1
                : (plot.cursor.idx ?? 0),
            ),
        ],
      },
    };
  });
};
