/** @file Bars in groups, with error bars; they lie where the groups' names have no room below upright ones. */
import type uPlot from 'uplot';
import type { BarPicture } from '../picture.js';
import { nameHeight, paintBars, paintNames } from './bar-paint.js';
import { colourOf, make } from './dom.js';
import type { Draw } from './draw.js';
import { numberText } from './format.js';
import { legendOf } from './legend.js';
import { axis, heightFor, type PlotOptions, plotIn, sideSize, tickFont } from './plot.js';

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
        const range =
          from === undefined || to === undefined ? '' : ` (${numberText(from, 3)} to ${numberText(to, 3)})`;
        return `${numberText(values[group])}${range}`;
      }),
    );
  if (groups.length > 0) read(groups.length - 1);
  const data = [groups.map((_, i) => i), groups.map(() => null)] as unknown as uPlot.AlignedData;
  const range = rangeOf(picture);
  return plotIn(box, tools, data, (width) => {
    const { isLying, names, ...layout } = layoutOf(groups, width, box, picture.yLabel);
    return {
      ...layout,
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: [-0.5, groups.length - 0.5], ...(isLying ? { ori: 1, dir: -1 } : {}) },
        y: { range, ...(isLying ? { ori: 0 } : {}) },
      },
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        draw: [
          (plot) => {
            paintBars(plot, picture, legend, colourOf(frame));
            if (isLying) paintNames(plot, names, tickFont(box, devicePixelRatio), colourOf(box));
          },
        ],
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

/** Pixels of a letter, about. */
const letter = 6.6;
/** The most lines that a name has below an upright bar. */
const mostRows = 4;

interface Layout extends Pick<PlotOptions, 'more'> {
  readonly axes: uPlot.Axis[];
  readonly isLying: boolean;
  readonly names: readonly string[];
}

/** Upright bars with their names below, as long as these have room there; else lying ones with the names beside. */
function layoutOf(groups: readonly string[], width: number, box: HTMLElement, label: string): Layout {
  const room = Math.max(1, (width - 70) / Math.max(1, groups.length) / letter);
  const longestWord = Math.max(...groups.flatMap((name) => name.split(' ')).map((word) => word.length), 1);
  const below = groups.map((name) => wrapped(name, room));
  const rows = Math.max(1, ...below.map((name) => name.split('\n').length));
  const splits = () => groups.map((_, i) => i);
  const bare = { ...axis(box, ''), grid: { show: false }, labelSize: 0, splits };
  if (longestWord <= room && rows <= mostRows)
    return {
      isLying: false,
      names: below,
      more: 16 * rows - 16,
      axes: [
        { ...bare, size: 12 + 16 * rows, values: () => [...below] },
        { ...axis(box, label), size: sideSize, space: 40 },
      ],
    };
  const beside = groups.map((name) => wrapped(name, Math.max(longestWord, (0.42 * width) / letter)));
  const lines = beside.map((name) => name.split('\n').length);
  const height = groups.length * Math.max(40, 10 + nameHeight * Math.max(...lines)) + 62;
  return {
    isLying: true,
    names: beside,
    more: height - heightFor(width),
    axes: [
      // The names are painted, each around its group's middle.
      {
        ...bare,
        side: 3,
        size: (plot) =>
          sideSize(
            plot,
            beside.flatMap((name) => name.split('\n')),
          ),
        values: () => groups.map(() => ''),
      },
      { ...axis(box, label), side: 2, size: 30, space: 56 },
    ],
  };
}
