/** @file Curves over a common x, with bands. */
import type uPlot from 'uplot';
import type { LinePicture } from '../picture.js';
import { isDashed } from './colours.js';
import { make } from './dom.js';
import type { Draw } from './draw.js';
import { numberText } from './format.js';
import { legendOf } from './legend.js';
import { axis, faint, plotIn, sideSize } from './plot.js';

type Values = readonly (number | null)[];

/** The picture with x ascending, as uPlot needs it, and with null for what is no number. */
function inOrder({ x, lines }: LinePicture): Pick<LinePicture, 'x' | 'lines'> {
  const order = [...x.keys()].sort((a, b) => (x[a] as number) - (x[b] as number));
  const sorted = (values: Values) =>
    order.map((i) => (Number.isFinite(values[i] ?? Number.NaN) ? (values[i] as number) : null));
  return {
    x: order.map((i) => x[i] as number),
    lines: lines.map(({ name, y, low, high, isMarked = false }) => ({
      name,
      isMarked,
      y: sorted(y),
      ...(low === undefined || high === undefined ? {} : { low: sorted(low), high: sorted(high) }),
    })),
  };
}

export const drawLines: Draw<LinePicture> = (frame, picture, tools) => {
  const { x, lines } = inOrder(picture);
  const legend = legendOf(
    lines.map(({ name }) => name),
    (line) => lines[line]?.isMarked ?? false,
  );
  const box = make('div', { class: 'picture-plot' });
  frame.append(legend.element, box);
  const last = x.length - 1;
  const read = (at: number) =>
    legend.read(
      `${picture.xLabel} ${numberText(x[at])}`,
      lines.map(({ y }) => numberText(y[at])),
    );
  if (last >= 0) read(last);
  // Bands first, so that every line is drawn above all of them; rings last, above the line that they lie on.
  const banded = lines.flatMap(({ low, high }, line) =>
    low === undefined || high === undefined ? [] : [{ line, low, high }],
  );
  const order = [...lines.keys()].sort((a, b) => Number(lines[a]?.isMarked) - Number(lines[b]?.isMarked));
  const columns = [
    ...banded.flatMap(({ low, high }) => [high, low]),
    ...order.map((line) => lines[line]?.y ?? []),
  ];
  const data = [x, ...columns] as unknown as uPlot.AlignedData;
  // Measured values are few: each shows where it was measured.
  const dots = (fill: string): uPlot.Series.Points => ({ show: x.length <= 24, size: 5, fill });
  const rings = (stroke: string): uPlot.Series.Points => ({
    ...{ show: true, size: 10, width: 2, stroke, fill: 'transparent' },
  });
  return plotIn(box, tools, data, () => {
    const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
    const curves = order.map((i): uPlot.Series => {
      if (lines[i]?.isMarked) return { paths: () => null, points: rings(legend.colour(i)) };
      const dash = isDashed(i) ? { dash: [6, 4] } : {};
      const stroke = legend.colour(i);
      return { stroke, width: 2, points: dots(stroke), spanGaps: true, ...dash };
    });
    const series: uPlot.Series[] = [{}, ...banded.flatMap(() => [{ ...edge }, { ...edge }]), ...curves];
    const bands = banded.map(
      ({ line }, i): uPlot.Band => ({
        series: [2 * i + 1, 2 * i + 2],
        fill: faint(legend.colour(line), 0.16),
      }),
    );
    return {
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { time: false } },
      axes: [
        { ...axis(box, picture.xLabel), grid: { show: false }, size: 30, space: 56 },
        { ...axis(box, picture.yLabel), size: sideSize, space: 40 },
      ],
      series,
      bands,
      hooks: { setCursor: [(plot) => read(plot.cursor.idx ?? last)] },
    };
  });
};
