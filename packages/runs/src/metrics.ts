/** @file metrics.jsonl: a line an epoch, of every arm and seed; written from epochs and read back as epochs. */
import type { Epoch } from 'thinnet';

/** A line of metrics.jsonl. */
export interface MetricsLine {
  readonly arm: string;
  readonly seed: number;
  readonly epoch: number;
  readonly step: number;
  readonly thinnedLoss: number;
  readonly trainLoss: number;
  readonly trainError: number;
  readonly testLoss: number;
  readonly testError: number;
  readonly validationLoss?: number;
  readonly validationError?: number;
  readonly examplesPerSecond: number;
}

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
