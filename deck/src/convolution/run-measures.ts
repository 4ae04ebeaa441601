/** @file Numbers out of runs. */
import type { Run } from './runs.js';

export const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** The gap in the end, by the mean program. */
export const endGap = ({ train, test }: Run): number => test.loss - train.loss;

/** The mean of a run's gaps at the levels of training loss; undefined where it did not reach them all. */
export const levelGap = ({ gaps }: Run): number | undefined =>
  gaps.some((gap) => gap === undefined) ? undefined : mean(gaps as readonly number[]);
