/** @file The curves and the last figures of a run that was trained in this browser. */
import { colourVariable, fixed } from 'thinnet-runs';
import { LineChart, Swatch } from '../../components/line-chart.js';
import { Notice } from '../../components/notice.js';
import { Scrolling } from '../../components/scrolling.js';
import type { RunRecord } from '../../store/database.js';
import { chartsOf, resultColumns, rowsOf, sentenceOf } from '../../training/curves.js';
import { epochsDone } from '../../training/done.js';

export function KeptRunView({ run: { arms, epochs, title } }: { readonly run: RunRecord }) {
  const last = epochsDone(arms);
  const charts = chartsOf(arms, epochs);
  return (
    <div class="kept-run-view">
      <p>{sentenceOf(arms, last)}</p>
      {arms.map(({ label, failed }) =>
        failed === undefined ? null : (
          <Notice kind="warning" key={label} title={`${label} could not go on`}>
            {failed}
          </Notice>
        ),
      )}
      <Scrolling label={`Figures of ${title}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">after epoch {last}</th>
              {resultColumns.map(({ figure, title: heading }) => (
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
                  <Swatch colour={colourVariable(arm)} /> {label}
                </th>
                {resultColumns.map(({ figure, decimals }) => (
                  <td key={figure}>{fixed(cells[figure].value, decimals)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <div class="run-charts">
        {Object.values(charts).map((chart) => (
          <LineChart key={chart.title} {...chart} />
        ))}
      </div>
    </div>
  );
}
