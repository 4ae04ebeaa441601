/** @file metrics.jsonl: a line an epoch, of every arm and seed; written from epochs and read back as epochs. */
import type { Epoch } from 'thinnet';

/**
 * A line of metrics.jsonl: one arm and seed after one epoch. Losses are mean cross-entropies in nats, 0 or more; errors are
 * shares of the examples misclassified, 0 to 1. Those of training, test and validation are of the mean program (dropout off).
 */
export interface MetricsLine {
  /** The arm's label. */
  readonly arm: string;
  readonly seed: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** Steps done at the end of the epoch. */
  readonly step: number;
  /** Mean over the epoch's steps of the loss that was trained on, by thinned networks (dropout on). */
  readonly thinnedLoss: number;
  readonly trainLoss: number;
  readonly trainError: number;
  readonly testLoss: number;
  readonly testError: number;
  /** Absent, as the error is, where nothing is held out for validation. */
  readonly validationLoss?: number;
  readonly validationError?: number;
  /** Training examples per second in this epoch, evaluation excluded. */
  readonly examplesPerSecond: number;
}

/** The line of an epoch: `arm` is the arm's label. Units stay as they are; the epoch's `seconds` are left out. */
export function metricsLine(arm: string, seed: number, epoch: Epoch): MetricsLine {
  const { validation } = epoch;
  return {
    arm,
    seed,
    epoch: epoch.epoch,
    step: epoch.step,
    thinnedLoss: epoch.thinnedLoss,
    trainLoss: epoch.train.loss,
    trainError: epoch.train.error,
    testLoss: epoch.test.loss,
    testError: epoch.test.error,
    ...(validation === undefined
      ? {}
      : { validationLoss: validation.loss, validationError: validation.error }),
    examplesPerSecond: epoch.examplesPerSecond,
  };
}

/** The epoch that a line tells of; its `seconds` are not kept, and are 0. */
export function epochOf(line: MetricsLine): Epoch {
  const { validationLoss: loss, validationError: error } = line;
  return {
    epoch: line.epoch,
    step: line.step,
    thinnedLoss: line.thinnedLoss,
    train: { loss: line.trainLoss, error: line.trainError },
    test: { loss: line.testLoss, error: line.testError },
    ...(loss === undefined || error === undefined ? {} : { validation: { loss, error } }),
    seconds: 0,
    examplesPerSecond: line.examplesPerSecond,
  };
}

/** Without them nothing can be said of an epoch. */
const needed = ['seed', 'epoch', 'step', 'trainLoss', 'trainError', 'testLoss', 'testError'] as const;

/** A line of the file; undefined where it was torn when the run was killed, or is none of a run. */
export function parseMetricsLine(text: string): MetricsLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<MetricsLine> | null;
    const isWhole = typeof line?.arm === 'string' && needed.every((key) => typeof line[key] === 'number');
    return isWhole ? (line as MetricsLine) : undefined;
  } catch {
    return undefined;
  }
}
