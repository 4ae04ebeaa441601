/** @file The report's charts, drawn by the lab. */

import { type Chart, noteOf } from '../../../../cli/src/report/shared.js';
import type { ChartData } from '../../components/chart.js';
import { LineChart } from '../../components/line-chart.js';

const colours = 6;

/** Beyond the sixth arm colours begin again, as in the report. */
export const colourOf = (arm: number): string => `--arm-${arm % colours}`;

function chartData(chart: Chart, seeds: number): ChartData {
  const padded = (values: readonly number[]) =>
    Array.from({ length: chart.epochs }, (_, i) => values[i] ?? null);
  return {
    title: chart.title,
    description: noteOf(chart, seeds),
    xLabel: 'epoch',
    isCount: true,
    unit: chart.unit,
    decimals: chart.decimals,
    axis: chart.min === 0 || chart.id !== 'error' ? 'zero' : 'close',
    x: Array.from({ length: chart.epochs }, (_, i) => i + 1),
    lines: chart.lines.map(({ arm, label, isDashed, hasBand, curve }) => ({
      name: label,
      colour: colourOf(arm),
      isDashed,
      y: padded(curve.mean),
      ...(hasBand && seeds > 1 ? { low: padded(curve.low), high: padded(curve.high) } : {}),
    })),
  };
}

export const Charts = ({ charts, seeds }: { readonly charts: readonly Chart[]; readonly seeds: number }) => (
  <div class="run-charts">
    {charts.map((chart) => (
      <LineChart key={chart.id} {...chartData(chart, seeds)} />
    ))}
  </div>
);
