/** @file The charts of a run over its epochs, as data: what report.html keeps beside its page. */
import type { Epoch } from 'thinnet';
import type { ArmHistories, Curve } from './curves.js';
import { curveOf } from './curves.js';
import type { ChartData } from './line-chart.js';
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
  /** Limits of the vertical axis. */
  readonly min: number;
  readonly max: number;
  /** Whether the first epochs lie outside. */
  readonly isClipped: boolean;
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
  /** Whether the axis begins at 0, or closer to the curves. */
  readonly fromZero: boolean;
  readonly description: string;
  readonly parts: readonly Part[];
}

const kinds: readonly Kind[] = [
  {
    id: 'loss',
    fromZero: true,
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
    fromZero: false,
    title: 'Test error',
    description: 'Share of the test examples misclassified.',
    unit: ' %',
    decimals: 2,
    parts: [{ isDashed: false, hasBand: true, figure: ({ test }) => 100 * test.error }],
  },
  {
    id: 'gap',
    fromZero: true,
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
  return kinds.map(({ id, fromZero, title, description, unit, decimals, parts }) => {
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
    return { id, title, description, unit, decimals, epochs, lines, ...limits(lines, epochs, fromZero) };
  });
}

/**
 * The axis fits what comes after the first tenth of the epochs, or else their high values would squeeze the differences
 * that matter into a hair's breadth.
 */
function limits(
  lines: readonly RunLine[],
  epochs: number,
  fromZero: boolean,
): Pick<RunChart, 'min' | 'max' | 'isClipped'> {
  const from = Math.floor(epochs / 10);
  const highest = (start: number) => Math.max(...lines.flatMap(({ curve }) => curve.high.slice(start)));
  const lowest = Math.min(...lines.flatMap(({ curve }) => curve.low.slice(from)));
  const margin = 0.05 * Math.max(highest(from) - (fromZero ? Math.min(0, lowest) : lowest), 1e-9);
  const max = highest(from) + margin;
  const below = lowest < 0 || !fromZero ? lowest - 3 * margin : 0;
  return { min: lowest < 0 ? below : Math.max(0, below), max, isClipped: highest(0) > max };
}

/** What the picture shows, with what its lines and bands are. */
const describe = ({ description }: RunChart, seeds: number): string =>
  seeds > 1
    ? `${description} Lines are means over ${seeds} seeds, bands reach from the lowest to the highest.`
    : description;

/** The note above a chart: what it shows, and whether all of it is seen. */
export const noteOf = (chart: RunChart, seeds: number): string =>
  `${describe(chart, seeds)}${chart.isClipped ? ' The first epochs lie above the picture.' : ''}`;

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
