/** @file The table of results and how the arms differ. */
import { colourVariable, fixed } from 'thinnet-runs';
import { Swatch } from '../../components/line-chart.js';
import { signed } from '../../components/numbers.js';
import { Scrolling } from '../../components/scrolling.js';
import { type Cell, resultColumns, rowsOf } from '../../training/curves.js';
import type { ArmState } from '../../training/state.js';

export interface ResultsProps {
  readonly arms: readonly ArmState[];
  /** Epochs that all arms have done. */
  readonly epochs: number;
}

export function Results({ arms, epochs }: ResultsProps) {
  const rows = rowsOf(arms, epochs);
  return (
    <div class="results">
      <h2>{epochs === 0 ? 'Results' : `After epoch ${epochs}`}</h2>
      <Scrolling label="Results">
        <table data-results={epochs}>
          <thead>
            <tr>
              <th scope="col">arm</th>
              {resultColumns.map(({ title }) => (
                <th scope="col" key={title}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {arms.map(({ label }, arm) => {
              const row = rows.find((other) => other.arm === arm);
              return (
                <tr key={arm}>
                  <th scope="row">
                    <Swatch colour={colourVariable(arm)} /> {label}
                  </th>
                  {resultColumns.map(({ figure, decimals }) => (
                    <td key={figure} data-figure={figure} data-value={row?.cells[figure].value}>
                      <Value cell={row?.cells[figure]} decimals={decimals} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolling>
      <p class="note">
        With dropout off. Below each figure its difference to the first one of its column. One seed shows
        nothing about chance: train again with another.
      </p>
    </div>
  );
}

function Value({ cell, decimals }: { readonly cell: Cell | undefined; readonly decimals: number }) {
  const difference = cell?.difference;
  return (
    <>
      {cell === undefined ? '–' : fixed(cell.value, decimals)}
      <span class="difference">{difference === undefined ? '\u00a0' : signed(difference, decimals)}</span>
    </>
  );
}
