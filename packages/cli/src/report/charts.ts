/** @file The charts over epochs, as the data that the page draws. */
import type { Epoch } from 'thinnet';
import { fixed } from '../summary/format.js';
import type { ArmHistories, Curve } from './series.js';
import { curveOf } from './series.js';

export interface Line {
  /** Number of the arm, for its colour. */
  readonly arm: number;
  readonly label: string;
  readonly isDashed: boolean;
  readonly hasBand: boolean;
  readonly curve: Curve;
}

export interface Chart {
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
  readonly lines: readonly Line[];
}

interface Part {
  /** Put after the arm's label; none where there is but one line an arm. */
  readonly name?: string;
  readonly isDashed: boolean;
  readonly hasBand: boolean;
  readonly figure: (epoch: Epoch) => number;
}

interface Kind extends Pick<Chart, 'id' | 'title' | 'unit' | 'decimals'> {
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
export function chartsOf(arms: readonly ArmHistories[]): readonly Chart[] {
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
  lines: readonly Line[],
  epochs: number,
  fromZero: boolean,
): Pick<Chart, 'min' | 'max' | 'isClipped'> {
  const from = Math.floor(epochs / 10);
  const highest = (start: number) => Math.max(...lines.flatMap(({ curve }) => curve.high.slice(start)));
  const lowest = Math.min(...lines.flatMap(({ curve }) => curve.low.slice(from)));
  const margin = 0.05 * Math.max(highest(from) - (fromZero ? Math.min(0, lowest) : lowest), 1e-9);
  const max = highest(from) + margin;
  const below = lowest < 0 || !fromZero ? lowest - 3 * margin : 0;
  return { min: lowest < 0 ? below : Math.max(0, below), max, isClipped: highest(0) > max };
}

/** The chart's description, with what its lines and bands are. */
export function noteOf({ description, isClipped }: Chart, seeds: number): string {
  const band =
    seeds > 1 ? ` Lines are means over ${seeds} seeds, bands reach from the lowest to the highest.` : '';
  return `${description}${band}${isClipped ? ' The first epochs lie above the picture.' : ''}`;
}

/** The last values in words, for those who do not see the picture. */
export const lastValues = ({ lines, unit, decimals }: Chart): string =>
  lines.map(({ label, curve }) => `${label}: ${fixed(curve.mean.at(-1) ?? 0, decimals)}${unit}`).join('; ');
