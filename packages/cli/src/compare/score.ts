/** @file How well a trained network does, from its outputs. */

import { calibration, classProbabilities } from 'thinnet';
import type { Calibration } from 'thinnet-runs';

/** Bins of confidence in reliability diagrams and for the ECE. */
export const calibrationBins = 15;

/** Expected calibration error and reliability diagram of logits [n, classes]. */
export function calibrationOf(logits: Float32Array, labels: Int32Array): Calibration {
  const classes = logits.length / labels.length;
  const { ece, bins } = calibration(classProbabilities(logits, classes), labels, classes, calibrationBins);
  return {
    ece,
    bins: bins.map(({ count, confidence, accuracy }) =>
      count === 0 ? { count, confidence: 0, accuracy: 0 } : { count, confidence, accuracy },
    ),
  };
}
