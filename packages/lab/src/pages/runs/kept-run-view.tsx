/** @file The curves and the last figures of a run that was trained in this browser. */
import { LineChart, Swatch } from '../../components/line-chart.js';
import type { RunRecord } from '../../store/database.js';
import { chartsOf, colourOf, type Figure, rowsOf, sentenceOf } from '../../training/curves.js';

const columns: readonly (readonly [Figure, title: string, decimals: number])[] = [
  ['testError', 'test error %', 2],
  ['trainError', 'training error %', 2],
  ['testLoss', 'test loss', 4],
  ['gap', 'gap', 4],
];

export function KeptRunView({ run: { arms, epochs, title } }: { readonly run: RunRecord }) {
  // The last epoch that all arms have done.
  const last = Math.min(...arms.map(({ history }) => history.length));
  const charts = chartsOf(arms, epochs);
  return (
    <div class="kept-run-view">
      <p>{sentenceOf(arms, last)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="scrolling" aria-label={`Figures of ${title}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">after epoch {last}</th>
              {columns.map(([figure, heading]) => (
                <th scope="col" key={figure}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(arms, last).map(({ arm, label, cells }) => (
              <tr key={label}>
                <th scope="row">
                  <Swatch colour={colourOf(arm)} /> {label}
                </th>
                {columns.map(([figure, , decimals]) => (
                  <td key={figure}>{cells[figure].value.toFixed(decimals)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div class="run-charts">
        {Object.values(charts).map((chart) => (
          <LineChart key={chart.title} {...chart} />
        ))}
      </div>
    </div>
  );
}
