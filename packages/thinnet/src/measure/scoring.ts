/** @file Proper scoring rules of probabilities: smallest, on average, for the true ones. */
import type { Labels, Numbers } from './check.js';
import { checkProbabilities } from './check.js';

/**
 * Brier score over all classes: 1/n Σ_i Σ_c (p_ic − [y_i = c])², 0 to 2. Brier 1950, "Verification of forecasts expressed in
 * terms of probability", eq. 2. (Some count only one of two classes, which gives half of this.)
 *
 * @param probabilities [n, classes], rows that add up to 1
 * @param labels [n], 0 to classes − 1
 *
 * Errors: rows that aren't probabilities; lengths that contradict each other; no examples; a label out of range.
 */
export function brierScore(probabilities: Numbers, labels: Labels, classes: number): number {
  const examples = checkProbabilities('Brier score', probabilities, labels, classes);
  let sum = 0;
  for (let row = 0; row < examples; row++)
    for (let c = 0; c < classes; c++)
      sum += ((probabilities[row * classes + c] as number) - (labels[row] === c ? 1 : 0)) ** 2;
  return sum / examples;
}

/**
 * Negative log-likelihood in nats: −1/n Σ_i log p_i,y_i. Infinity where a label's probability is 0. From logits prefer
 * `classificationScore(logits, labels, classes).loss`, which doesn't underflow.
 *
 * Errors: as `brierScore`.
 */
export function negativeLogLikelihood(probabilities: Numbers, labels: Labels, classes: number): number {
  const examples = checkProbabilities('negative log-likelihood', probabilities, labels, classes);
  let sum = 0;
  for (let row = 0; row < examples; row++)
    sum -= Math.log(Math.max(probabilities[row * classes + (labels[row] as number)] as number, 0));
  return sum / examples;
}
