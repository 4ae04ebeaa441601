/** @file What a comparison came to: each arm's figures over the seeds, and their paired differences to the first arm. */
import type { ArmResults, PairResult } from '../results.js';
import type { Difference, Interval } from './statistics.js';
import { differenceOf, intervalOf } from './statistics.js';

/** The figures of one arm and seed. */
const figures = {
  /** Share of the test examples misclassified. */
  testError: (result: PairResult) => result.test.error,
  trainError: (result: PairResult) => result.train.error,
  testLoss: (result: PairResult) => result.test.loss,
  trainLoss: (result: PairResult) => result.train.loss,
  /** Generalisation gap: test loss − training loss, both by the mean program. */
  gap: (result: PairResult) => result.test.loss - result.train.loss,
  /** Expected calibration error. */
  ece: (result: PairResult) => result.calibration.ece,
  examplesPerSecond: (result: PairResult) => result.examplesPerSecond,
} as const;

export type Figure = keyof typeof figures;
const figureNames = Object.keys(figures) as Figure[];

export type ArmSummary = {
  readonly label: string;
  readonly spec: string;
  readonly folder: string;
  /** Epochs of each seed. */
  readonly epochs: readonly number[];
} & Readonly<Record<Figure, Interval>>;

export type ArmComparison = { readonly arm: string; readonly baseline: string } & Readonly<
  Record<Figure, Difference>
>;

export interface Summary {
  readonly seeds: readonly number[];
  readonly arms: readonly ArmSummary[];
  /** The differences arm − first arm, seed by seed, of all arms but the first. */
  readonly comparisons: readonly ArmComparison[];
  /** Runs that went on at once, at most; absent where each had the machine to itself. */
  readonly atOnce?: number;
}

export function summarise(arms: readonly ArmResults[]): Summary {
  const [first, ...others] = arms;
  const values = (arm: ArmResults | undefined, figure: Figure) => arm?.results.map(figures[figure]) ?? [];
  const byFigure = <T>(make: (figure: Figure) => T) =>
    Object.fromEntries(figureNames.map((figure) => [figure, make(figure)])) as Record<Figure, T>;
  const atOnce = Math.max(1, ...arms.flatMap(({ results }) => results.map((result) => result.atOnce ?? 1)));
  return {
    seeds: first?.results.map(({ seed }) => seed) ?? [],
    arms: arms.map((arm) => ({
      label: arm.label,
      spec: arm.spec,
      folder: arm.folder,
      epochs: arm.results.map(({ epochs }) => epochs.length),
      ...byFigure((figure) => intervalOf(values(arm, figure))),
    })),
    comparisons: others.map((arm) => ({
      arm: arm.label,
      baseline: first?.label ?? '',
      ...byFigure((figure) => differenceOf(values(first, figure), values(arm, figure))),
    })),
    ...(atOnce === 1 ? {} : { atOnce }),
  };
}
