/** @file What a comparison came to: each arm's figures over the seeds, and their paired differences to the first arm. */
import type { ArmResults, PairResult } from '../results.js';
import type { Difference, Interval } from './statistics.js';
import { differenceOf, intervalOf } from './statistics.js';

/** The figures of one arm and seed, all at the end of the run, by the mean program (dropout off). */
const figures = {
  /** Share of the test examples misclassified, 0 to 1; `trainError` of the training examples. */
  testError: (result: PairResult) => result.test.error,
  trainError: (result: PairResult) => result.train.error,
  /** Mean cross-entropy on the test examples in nats, 0 or more; `trainLoss` on the training examples. */
  testLoss: (result: PairResult) => result.test.loss,
  trainLoss: (result: PairResult) => result.train.loss,
  /** Generalisation gap: test loss − training loss, in nats; negative where the test loss is lower. */
  gap: (result: PairResult) => result.test.loss - result.train.loss,
  /** Expected calibration error on the test examples, 0 to 1. */
  ece: (result: PairResult) => result.calibration.ece,
  /** Training examples per second over the whole run, evaluation excluded. */
  examplesPerSecond: (result: PairResult) => result.examplesPerSecond,
} as const;

export type Figure = keyof typeof figures;
const figureNames = Object.keys(figures) as Figure[];

/**
 * An arm's figures, each the mean over the seeds with its 95 % t-interval: errors and `ece` as shares, 0 to 1; losses and `gap` in
 * nats; `examplesPerSecond` in training examples.
 */
export type ArmSummary = {
  readonly label: string;
  /** The arm as written on the command line. */
  readonly spec: string;
  /** Its folder within the run's. */
  readonly folder: string;
  /** Epochs of each seed, in the order of the seeds. */
  readonly epochs: readonly number[];
} & Readonly<Record<Figure, Interval>>;

/** Differences `arm` − `baseline`, both labels, in the units of `ArmSummary`: an error of −0.01 is a percentage point less. */
export type ArmComparison = { readonly arm: string; readonly baseline: string } & Readonly<
  Record<Figure, Difference>
>;

export interface Summary {
  readonly seeds: readonly number[];
  /** In the order of the command line; the first is what the others are compared with. */
  readonly arms: readonly ArmSummary[];
  /** The differences arm − first arm, seed by seed, of all arms but the first. */
  readonly comparisons: readonly ArmComparison[];
  /** Runs that went on at once, at most; absent where each had the machine to itself. */
  readonly atOnce?: number;
}

/**
 * The summary of the arms, whose results are of the same seeds in the same order. Without arms it is empty; with one seed there are
 * no intervals.
 */
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
