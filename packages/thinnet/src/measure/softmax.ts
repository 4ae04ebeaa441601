/** @file Logits to probabilities, and the place of the largest. */
import { ThinnetError } from '../error.js';
import type { Numbers } from './check.js';

/** The largest of row `row` of scores [n, classes]. */
export function rowMax(scores: Numbers, row: number, classes: number): number {
  let max = -Infinity;
  for (let i = row * classes; i < (row + 1) * classes; i++) max = Math.max(max, scores[i] as number);
  return max;
}

/** The class of the largest score of a row: the lowest of equals; −1 if a score is NaN. */
export function argmax(scores: Numbers, row: number, classes: number): number {
  const max = rowMax(scores, row, classes);
  for (let c = 0; c < classes; c++) if (scores[row * classes + c] === max) return c;
  return -1;
}

/**
 * log Σ_c exp(z_c) of a row, stable: max + log Σ exp(z_c − max). NaN where a logit is NaN or two are infinite.
 */
export function logSumExp(logits: Numbers, row: number, classes: number): number {
  const max = rowMax(logits, row, classes);
  let sum = 0;
  for (let i = row * classes; i < (row + 1) * classes; i++) sum += Math.exp((logits[i] as number) - max);
  return max + Math.log(sum);
}

/**
 * p_c = exp(z_c) / Σ_k exp(z_k) for each row of logits [n, classes]; stable for logits of any size. In float64, so that
 * a confident wrong answer keeps a finite log-likelihood down to p = 1e-308.
 *
 * Errors: a number of logits that isn't a multiple of `classes`.
 */
export function softmax(logits: Numbers, classes: number): Float64Array {
  const rows = logits.length / classes;
  if (!Number.isInteger(rows))
    throw new ThinnetError(`softmax: ${logits.length} logits aren't rows of ${classes} classes`);
  const probabilities = new Float64Array(logits.length);
  for (let row = 0; row < rows; row++) {
    const max = rowMax(logits, row, classes);
    let sum = 0;
    for (let i = row * classes; i < (row + 1) * classes; i++) {
      const p = Math.exp((logits[i] as number) - max);
      probabilities[i] = p;
      sum += p;
    }
    for (let i = row * classes; i < (row + 1) * classes; i++)
      probabilities[i] = (probabilities[i] as number) / sum;
  }
  return probabilities;
}
