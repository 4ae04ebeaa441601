/** @file The table of results and how the arms differ. */
import { Swatch } from '../../components/line-chart.js';
import { type Cell, colourOf, type Figure, rowsOf } from '../../training/curves.js';
import type { ArmState } from '../../training/state.js';

interface Column {
  readonly figure: Figure;
  readonly title: string;
  readonly decimals: number;
}

const columns: readonly Column[] = [
  { figure: 'testError', title: 'test error %', decimals: 2 },
  { figure: 'trainError', title: 'training error %', decimals: 2 },
  { figure: 'testLoss', title: 'test loss', decimals: 3 },
  { figure: 'trainLoss', title: 'training loss', decimals: 3 },
  { figure: 'gap', title: 'gap', decimals: 3 },
];

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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="scrolling" aria-label="Results" tabIndex={0}>
        <table data-results={epochs}>
          <thead>
            <tr>
              <th scope="col">arm</th>
              {columns.map(({ title }) => (
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
                    <Swatch colour={colourOf(arm)} /> {label}
                  </th>
                  {columns.map(({ figure, decimals }) => (
                    <td key={figure} data-figure={figure} data-value={row?.cells[figure].value}>
                      <Value cell={row?.cells[figure]} decimals={decimals} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p class="note">
        With dropout off. Below each figure its difference to the first arm. One seed shows nothing about
        chance: train again with another.
      </p>
    </div>
  );
}

function Value({ cell, decimals }: { readonly cell: Cell | undefined; readonly decimals: number }) {
  const difference = cell?.difference;
  return (
    <>
      {cell === undefined ? '–' : cell.value.toFixed(decimals)}
      <span class="difference">
        {difference === undefined
          ? '\u00a0'
          : `${difference > 0 ? '+' : difference < 0 ? '−' : ''}${Math.abs(difference).toFixed(decimals)}`}
      </span>
    </>
  );
}
