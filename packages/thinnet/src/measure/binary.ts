/** @file Two classes told apart by one logit. */
import type { Labels, Numbers } from './check.js';
import { checkLabels, checkPairs, outputNotFinite } from './check.js';
import type { Score } from './classification.js';

/** The number of logits [n] with labels [n] that are 0 or 1. */
function checkBinary(what: string, logits: Numbers, labels: Labels): number {
  checkLabels(what, labels, 2);
  return checkPairs(what, logits, labels);
}

/**
 * Mean binary cross-entropy in nats of logits [n] with labels 0 and 1: with p = 1 / (1 + exp(−z)),
 * −1/n Σ (y log p + (1 − y) log(1 − p)) = 1/n Σ (max(z, 0) − z·y + log(1 + exp(−|z|))), which never overflows.
 *
 * Errors: different lengths; no examples; a label other than 0 and 1.
 */
export function binaryCrossEntropy(logits: Numbers, labels: Labels): number {
  const examples = checkBinary('binary cross-entropy', logits, labels);
  let sum = 0;
  for (let i = 0; i < examples; i++) {
    const z = logits[i] as number;
    sum += Math.max(z, 0) - z * (labels[i] as number) + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return sum / examples;
}

/**
 * The share of examples on the wrong side: class 1 is answered where the logit is above 0 (p > ½). NaN counts as wrong.
 *
 * Errors: as `binaryCrossEntropy`.
 */
export function binaryError(logits: Numbers, labels: Labels): number {
  const examples = checkBinary('binary error', logits, labels);
  let right = 0;
  for (let i = 0; i < examples; i++)
    if (labels[i] === 1 ? (logits[i] as number) > 0 : (logits[i] as number) <= 0) right++;
  return (examples - right) / examples;
}

/**
 * Binary cross-entropy and error of logits [n] in one.
 *
 * Errors: as `binaryCrossEntropy`; logits that make its loss NaN.
 */
export function binaryScore(logits: Numbers, labels: Labels): Score {
  const loss = binaryCrossEntropy(logits, labels);
  if (Number.isNaN(loss)) {
    const bad = Array.from(logits).findIndex((z) => !Number.isFinite(z));
    throw outputNotFinite('binary score', bad, 0, logits[bad] as number);
  }
  return { loss, error: binaryError(logits, labels) };
}
