/** @file A line chart: drawn by uPlot, which loads with the first one; read out from a table. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ChartData, chartRows, lastValues, showValue } from './chart.js';
import { messageOf } from './message.js';
import type { Plot } from './plot.js';

/** Its height is reserved, so that nothing moves when it is drawn. */
export function LineChart(chart: ChartData) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | undefined>(undefined);
  const latest = useRef(chart);
  latest.current = chart;
  const [at, setAt] = useState<number | null>(null);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let isHere = true;
    import('./plot.js').then(
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
  useEffect(() => plot.current?.update());

  const { title, description, xLabel, lines, x, decimals = 3, unit = '' } = chart;
  const index = at ?? x.length - 1;
  return (
    <figure class="chart" data-chart={title}>
      <figcaption>
        <h3>{title}</h3>
        {description === undefined ? null : <p class="note">{description}</p>}
      </figcaption>
      <ul class="legend" aria-hidden="true">
        {lines.map(({ name, colour, isDashed, y }) => (
          <li key={name}>
            <Swatch colour={colour} isDashed={isDashed ?? false} />
            {name} <span class="value">{showValue(y[index], decimals, unit)}</span>
          </li>
        ))}
      </ul>
      <div class="plot" ref={box} role="img" aria-label={`${title}, latest: ${lastValues(chart)}`} />
      {problem === undefined ? null : <p class="field-error">The chart could not be drawn: {problem}</p>}
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
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section class="scrolling tall" aria-label={`Numbers of the chart ${chart.title}`} tabIndex={0}>
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
  </section>
);
