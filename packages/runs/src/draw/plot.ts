/**
 * @file A line chart drawn by uPlot, whose style sheet `uPlot.min.css` belongs into the page. It takes --muted, --hairline, --sans
 * and the lines' colours from the page.
 */
import uPlot from 'uplot';
import { type ChartData, yLimits } from '../charts/line-chart.js';
import { fixed } from '../format.js';

export interface Plot {
  /** Draws what the chart is now. */
  update(): void;
  destroy(): void;
}

/** Draws into `box` and follows its width, the colour scheme, and the pointer, whose place `onCursor` gets. */
export function createPlot(
  box: HTMLElement,
  chart: () => ChartData,
  onCursor: (index: number | null) => void,
): Plot {
  let plot: uPlot | undefined;
  let drawn = '';
  const draw = () => {
    plot?.destroy();
    drawn = shapeOf(chart());
    plot = new uPlot(optionsOf(chart, box, onCursor), columnsOf(chart()), box);
  };
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', draw);
  const size = new ResizeObserver(() => {
    if (plot && plot.width !== box.clientWidth && box.clientWidth > 0)
      plot.setSize({ width: box.clientWidth, height: box.clientHeight });
  });
  size.observe(box);
  draw();
  return {
    update() {
      if (shapeOf(chart()) === drawn) plot?.setData(columnsOf(chart()));
      else draw();
    },
    destroy() {
      scheme.removeEventListener('change', draw);
      size.disconnect();
      plot?.destroy();
    },
  };
}

/** What a drawn plot cannot change. */
export const shapeOf = ({ lines, unit, xLabel, isCount }: ChartData): string =>
  JSON.stringify([
    ...[unit, xLabel, isCount],
    lines.map(({ colour, isDashed, low, high }) => [colour, isDashed, low && high ? 'band' : 'line']),
  ]);

const columnsOf = ({ x, lines }: ChartData): uPlot.AlignedData =>
  [
    x,
    ...lines.flatMap(({ y, low, high }) => (low && high ? [y, high, low] : [y])),
  ] as unknown as uPlot.AlignedData;

/** The value of a CSS variable, or the colour itself. */
const colourOf = (colour: string): string =>
  colour.startsWith('--')
    ? getComputedStyle(document.documentElement).getPropertyValue(colour).trim()
    : colour;

const faint = (colour: string): string => `color-mix(in srgb, ${colour} 18%, transparent)`;

/** A single point makes no line, so it is drawn as a dot. */
const isSingle = ({ data }: Pick<uPlot, 'data'>, series: number): boolean =>
  Array.from(data[series] ?? []).filter((value) => value !== null).length < 2;

export function seriesOf({ lines }: Pick<ChartData, 'lines'>): Pick<uPlot.Options, 'series' | 'bands'> {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { colour, isDashed, low, high } of lines) {
    const stroke = colourOf(colour);
    const dash = isDashed ? { dash: [5, 5] } : {};
    const points = { show: isSingle, size: 6, fill: stroke };
    series.push({ stroke, width: 2, spanGaps: true, points, ...dash });
    if (!low || !high) continue;
    const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
    series.push(edge, { ...edge });
    bands.push({ series: [series.length - 2, series.length - 1], fill: faint(stroke) });
  }
  return { series, bands };
}

/** Steps between the marks of an axis that counts. */
const counts = [1, 2, 5]
  .flatMap((n) => [0, 1, 2, 3, 4, 5].map((power) => n * 10 ** power))
  .sort((a, b) => a - b);

function optionsOf(
  chart: () => ChartData,
  box: HTMLElement,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const { xLabel, unit = '', isCount = false } = chart();
  const axis: uPlot.Axis = {
    stroke: colourOf('--muted'),
    font: `12px ${colourOf('--sans')}`,
    grid: { stroke: colourOf('--hairline'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [10, () => rightPadding(chart()), 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { x: { time: false, range: () => xLimits(chart()) }, y: { range: () => [...yLimits(chart())] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        label: xLabel,
        labelSize: 18,
        labelGap: 0,
        labelFont: axis.font ?? '',
        size: 30,
        space: 48,
        ...(isCount ? { incrs: counts } : {}),
      },
      { ...axis, size: 56, space: 40, values: (_plot, splits) => tickLabels(splits, unit) },
    ],
    ...seriesOf(chart()),
    hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)] },
  };
}

function xLimits({ x, xEnd }: ChartData): [number, number] {
  const first = x[0] ?? 0;
  const last = Math.max(x.at(-1) ?? 1, xEnd ?? 0);
  return last > first ? [first, last] : [first - 0.5, first + 0.5];
}

/** Pixels to the right of the axis: its last number is written around its end. */
export function rightPadding(chart: ChartData): number {
  const [, last] = xLimits(chart);
  // 0.6 of the type's 12 pixels is more than any digit takes.
  return Math.max(10, Math.ceil((last.toLocaleString().length * 0.6 * 12) / 2));
}

function tickLabels(splits: readonly number[], unit: string): string[] {
  const step = splits.length > 1 ? (splits[1] as number) - (splits[0] as number) : 1;
  let decimals = 0;
  while (decimals < 6 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6)
    decimals++;
  return splits.map((value) => fixed(value, decimals) + unit);
}
