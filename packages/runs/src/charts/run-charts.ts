/** @file The charts of a run over its epochs, as data: what report.html keeps beside its page. */
import type { Epoch } from 'thinnet';
import type { ArmHistories, Curve } from './curves.js';
import { curveOf } from './curves.js';
import { type ChartData, type ChartLine, yLimits } from './line-chart.js';
import { colourVariable } from './palette.js';

export interface RunLine {
  /** Number of the arm, for its colour. */
  readonly arm: number;
  readonly label: string;
  readonly isDashed: boolean;
  readonly hasBand: boolean;
  readonly curve: Curve;
}

export interface RunChart {
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in a sentence. */
  readonly description: string;
  readonly unit: string;
  readonly decimals: number;
  readonly epochs: number;
  /** The ends of the vertical axis, in the unit of the chart. */
  readonly min: number;
  readonly max: number;
  readonly lines: readonly RunLine[];
}

interface Part {
  /** Put after the arm's label; none where there is but one line an arm. */
  readonly name?: string;
  readonly isDashed: boolean;
  readonly hasBand: boolean;
  readonly figure: (epoch: Epoch) => number;
}

interface Kind extends Pick<RunChart, 'id' | 'title' | 'unit' | 'decimals'> {
  readonly axis: NonNullable<ChartData['axis']>;
  readonly description: string;
  readonly parts: readonly Part[];
}

const kinds: readonly Kind[] = [
  {
    id: 'loss',
    axis: 'zero',
    title: 'Loss',
    description: 'Mean cross-entropy of the mean program (dropout off), on test and on training examples.',
    unit: '',
    decimals: 3,
    parts: [
      { name: 'test', isDashed: false, hasBand: true, figure: ({ test }) => test.loss },
      { name: 'training', isDashed: true, hasBand: false, figure: ({ train }) => train.loss },
    ],
  },
  {
    id: 'error',
    axis: 'close',
    title: 'Test error',
    description: 'Share of the test examples misclassified.',
    unit: ' %',
    decimals: 2,
    parts: [{ isDashed: false, hasBand: true, figure: ({ test }) => 100 * test.error }],
  },
  {
    id: 'gap',
    axis: 'zero',
    title: 'Generalisation gap',
    description:
      'Test loss − training loss: how much worse the network does on examples that it has not seen.',
    unit: '',
    decimals: 3,
    parts: [{ isDashed: false, hasBand: true, figure: ({ train, test }) => test.loss - train.loss }],
  },
];

/** The charts of a comparison. */
export function chartsOf(arms: readonly ArmHistories[]): readonly RunChart[] {
  return kinds.map(({ id, axis, title, description, unit, decimals, parts }) => {
    const lines = arms.flatMap(({ label }, arm) =>
      parts.map(({ name, isDashed, hasBand, figure }) => ({
        arm,
        label: name === undefined ? label : `${label}, ${name}`,
        isDashed,
        hasBand,
        curve: curveOf(arms[arm] as ArmHistories, figure),
      })),
    );
    const epochs = Math.max(...lines.map(({ curve }) => curve.mean.length));
    const [min, max] = yLimits({ lines: lines.map(drawn), axis });
    return { id, title, description, unit, decimals, epochs, min, max, lines };
  });
}

/** What of the curve is seen. */
const drawn = ({ curve: { mean, low, high }, hasBand }: RunLine): Pick<ChartLine, 'y' | 'low' | 'high'> =>
  hasBand ? { y: mean, low, high } : { y: mean };

/** What the picture shows, with what its lines and bands are. */
const describe = ({ description }: RunChart, seeds: number): string =>
  seeds > 1
    ? `${description} Lines are means over ${seeds} seeds, bands reach from the lowest to the highest.`
    : description;

/** The chart as one that is drawn; `seeds` is how many its curves are the means of. */
export function lineChartOf(chart: RunChart, seeds: number): ChartData {
  const { title, unit, decimals, epochs, min, max } = chart;
  const padded = (values: readonly number[]) => Array.from({ length: epochs }, (_, i) => values[i] ?? null);
  return {
    title,
    // What lies outside the limits, `axisNote` says.
    description: describe(chart, seeds),
    xLabel: 'epoch',
    isCount: true,
    unit,
    decimals,
    limits: [min, max],
    x: Array.from({ length: epochs }, (_, i) => i + 1),
    lines: chart.lines.map(({ arm, label, isDashed, hasBand, curve }) => ({
      name: label,
      colour: colourVariable(arm),
      isDashed,
      y: padded(curve.mean),
      ...(hasBand && seeds > 1 ? { low: padded(curve.low), high: padded(curve.high) } : {}),
    })),
  };
}
