/** @file How well class scores fit the labels: cross-entropy and error. */
import type { ThinnetError } from '../error.js';
import type { Labels, Numbers } from './check.js';
import { checkScores, outputNotFinite } from './check.js';
import { argmax, logSumExp, rowMax } from './softmax.js';

/** A network's performance on a set of examples, by whatever program it was measured. */
export interface Score {
  /** Mean loss, such as cross-entropy in nats or mean squared error. */
  readonly loss: number;
  /** What people read: the share misclassified, 0 to 1; for regression the RMSE in the target's units. */
  readonly error: number;
}

/**
 * Mean cross-entropy in nats: −1/n Σ_i log softmax(z_i)[y_i] = 1/n Σ_i (log Σ_c exp z_ic − z_i,y_i), summed in float64.
 *
 * @param logits [n, classes]
 * @param labels [n], 0 to classes − 1
 * @returns 0 up; NaN where a logit is
 *
 * Errors: lengths that contradict each other; no examples; a label out of range.
 */
export function crossEntropy(logits: Numbers, labels: Labels, classes: number): number {
  const examples = checkScores('cross-entropy', logits, labels, classes);
  let sum = 0;
  for (let row = 0; row < examples; row++)
    sum += logSumExp(logits, row, classes) - (logits[row * classes + (labels[row] as number)] as number);
  return sum / examples;
}

/**
 * The share of examples whose largest score isn't their label's, 0 to 1. Among equal scores the lowest class counts as
 * the answer; a row with NaN counts as misclassified.
 *
 * @param scores [n, classes]: logits or probabilities
 * @param labels [n], 0 to classes − 1
 *
 * Errors: as `crossEntropy`.
 */
export function classificationError(scores: Numbers, labels: Labels, classes: number): number {
  const examples = checkScores('classification error', scores, labels, classes);
  let wrong = 0;
  for (let row = 0; row < examples; row++) if (argmax(scores, row, classes) !== labels[row]) wrong++;
  return wrong / examples;
}

/**
 * Cross-entropy and error of logits [n, classes] in one.
 *
 * Errors: as `crossEntropy`; logits that mean nothing, NaN or ∞, or −∞ for all classes of an example.
 */
export function classificationScore(logits: Numbers, labels: Labels, classes: number): Score {
  const loss = crossEntropy(logits, labels, classes);
  if (Number.isNaN(loss)) throw firstNotFinite(logits, classes);
  return { loss, error: classificationError(logits, labels, classes) };
}

/** A loss is NaN where an example's largest logit is not finite. */
function firstNotFinite(logits: Numbers, classes: number): ThinnetError {
  for (let row = 0; ; row++) {
    const largest = rowMax(logits, row, classes);
    if (Number.isFinite(largest)) continue;
    const values = Array.from({ length: classes }, (_, c) => logits[row * classes + c] as number);
    const output = values.findIndex((value) => Object.is(value, largest));
    return outputNotFinite('classification score', row, output, largest);
  }
}
