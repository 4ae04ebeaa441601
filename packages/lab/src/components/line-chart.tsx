/** @file A line chart: drawn by uPlot, which loads with the first one; read out from a table. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { axisNote, type ChartData, chartRows, lastValues, readings } from 'thinnet-runs';
import type { Plot } from 'thinnet-runs/draw';
import { messageOf } from './message.js';
import { Scrolling } from './scrolling.js';
import './line-chart.css';

export interface LineChartProps extends ChartData {
  /** Of its heading; 3 by default. */
  readonly level?: 2 | 3;
}

/** The drawing, with uPlot and its style. */
const drawing = () =>
  Promise.all([import('thinnet-runs/draw'), import('uplot/dist/uPlot.min.css')]).then(([draw]) => draw);

/** Its height is reserved, so that nothing moves when it is drawn. */
export function LineChart({ level = 3, ...chart }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const latest = useRef(chart);
  latest.current = chart;
  const [at, setAt] = useState<number | null>(null);
  const [problem, setProblem] = useState<string>();

  useLayoutEffect(() => {
    let isHere = true;
    drawing().then(
      ({ createPlot }) => {
        if (isHere && box.current) plot.current = createPlot(box.current, () => latest.current, setAt);
      },
      (error) => isHere && setProblem(messageOf(error)),
    );
    return () => {
      isHere = false;
      plot.current?.destroy();
    };
  }, []);
  useLayoutEffect(() => plot.current?.update());

  const { title, description, xLabel, lines, decimals = 3, unit = '' } = chart;
  const values = readings(chart, at);
  const Heading = `h${level}` as const;
  const note = axisNote(chart);
  return (
    <figure class="chart" data-chart={title}>
      <figcaption>
        <Heading>{title}</Heading>
        {description === undefined ? null : <p class="note">{description}</p>}
      </figcaption>
      <ul class="legend" aria-hidden="true">
        {lines.map((line, i) => (
          <li key={line.name}>
            <Swatch colour={line.colour} isDashed={line.isDashed ?? false} />
            {line.name}{' '}
            <span class="value" style={{ minWidth: `${decimals + unit.length + 3}ch` }}>
              {values[i]}
            </span>
          </li>
        ))}
      </ul>
      <div class="plot" ref={box} role="img" aria-label={`${title}, latest: ${lastValues(chart)}`} />
      <p class="axis-note">{problem === undefined ? note : `The chart could not be drawn: ${problem}`}</p>
      <details class="numbers">
        <summary>
          Numbers<span class="visually-hidden"> of the chart {title}</span>
        </summary>
        <NumberTable chart={chart} xLabel={xLabel} />
      </details>
    </figure>
  );
}

export const Swatch = ({
  colour,
  isDashed = false,
}: {
  readonly colour: string;
  readonly isDashed?: boolean;
}) => (
  <span
    class={isDashed ? 'swatch dashed' : 'swatch'}
    style={{ borderTopColor: colour.startsWith('--') ? `var(${colour})` : colour }}
  />
);

const NumberTable = ({ chart, xLabel }: { readonly chart: ChartData; readonly xLabel: string }) => (
  <Scrolling also="tall" label={`Numbers of the chart ${chart.title}`}>
    <table>
      <thead>
        <tr>
          <th scope="col">{xLabel}</th>
          {chart.lines.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chartRows(chart).map(([first, ...rest]) => (
          <tr key={first}>
            <th scope="row">{first}</th>
            {rest.map((cell, i) => (
              <td key={i}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scrolling>
);
