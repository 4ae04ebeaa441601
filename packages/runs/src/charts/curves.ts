/** @file Curves over the epochs: the mean over the seeds, and the range that they span. */
import type { Epoch } from 'thinnet';
import type { ArmResults, PairResult } from '../results.js';

export interface Curve {
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What curves are made of: the epochs of each seed, also where a run has not ended. */
export type ArmHistories = Pick<ArmResults, 'label'> & {
  readonly results: readonly Pick<PairResult, 'epochs'>[];
};

/** A figure of every epoch, over the seeds that got so far (early stopping ends some sooner). */
export function curveOf(arm: ArmHistories, figure: (epoch: Epoch) => number): Curve {
  const seeds = arm.results.map(({ epochs }) => epochs.map(figure));
  const length = Math.max(0, ...seeds.map((values) => values.length));
  const at = Array.from({ length }, (_, i) =>
    seeds.flatMap((values) => (i < values.length ? [values[i] as number] : [])),
  );
  return {
    mean: at.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    low: at.map((values) => Math.min(...values)),
    high: at.map((values) => Math.max(...values)),
  };
}
