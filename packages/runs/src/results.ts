/** @file The results of a comparison as plain data: what the run folder keeps and reports show. */
import type { Epoch, Score } from 'thinnet';

/** One bar of a reliability diagram. */
export interface CalibrationBin {
  /** Examples in the bin. */
  readonly count: number;
  /** Their mean confidence, 0 to 1. */
  readonly confidence: number;
  /** The share of them classified correctly. */
  readonly accuracy: number;
}

export interface Calibration {
  /** Expected calibration error: Σ (count / n) · |accuracy − confidence|, 0 to 1. */
  readonly ece: number;
  /** Equally wide bins of confidence, from 0 to 1; empty ones too. */
  readonly bins: readonly CalibrationBin[];
}

/**
 * What one arm did with one seed; scores are those of the mean program at the end, on all examples: the loss is the mean
 * cross-entropy in nats, the error the share misclassified, 0 to 1.
 */
export interface PairResult {
  /** The arm's label. */
  readonly arm: string;
  readonly seed: number;
  /** In order, from the first. */
  readonly epochs: readonly Epoch[];
  readonly train: Score;
  readonly test: Score;
  readonly calibration: Calibration;
  /** Training examples per second over the whole run. */
  readonly examplesPerSecond: number;
  /** Runs that went on at once, this one among them; absent where it had the machine to itself. */
  readonly atOnce?: number;
}

/** What one arm did with all seeds. */
export interface ArmResults {
  /** The arm as written on the command line. */
  readonly spec: string;
  /** Its name in tables and charts, such as `dropout 0.5`. */
  readonly label: string;
  /** Its folder within the run's. */
  readonly folder: string;
  /** One entry a seed, in the order of the seeds. */
  readonly results: readonly PairResult[];
}

/** Training examples per second over all epochs: examples over seconds, not a mean of rates. */
export function overallSpeed(epochs: readonly Epoch[]): number {
  const secondsPerExample = epochs.reduce((sum, { examplesPerSecond }) => sum + 1 / examplesPerSecond, 0);
  return secondsPerExample > 0 ? epochs.length / secondsPerExample : 0;
}
