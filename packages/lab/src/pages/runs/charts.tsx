/** @file The charts of a run. */
import { lineChartOf, type RunChart } from 'thinnet-runs';
import { LineChart } from '../../components/line-chart.js';

interface ChartsProps {
  readonly charts: readonly RunChart[];
  readonly seeds: number;
}

export const Charts = ({ charts, seeds }: ChartsProps) => (
  <div class="run-charts">
    {charts.map((chart) => (
      <LineChart key={chart.id} {...lineChartOf(chart, seeds)} />
    ))}
  </div>
);
