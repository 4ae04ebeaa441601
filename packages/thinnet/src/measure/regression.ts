/** @file How well predictions fit targets: squared error. */
import { checkPairs, notFinite } from './check.js';
import type { Score } from './classification.js';

/**
 * Mean squared error over all examples and outputs: 1/(n·outputs) Σ (prediction − target)², in float64.
 *
 * @param predictions [n, outputs]
 * @param targets [n, outputs]
 *
 * Errors: different lengths; no values.
 */
export function meanSquaredError(predictions: ArrayLike<number>, targets: ArrayLike<number>): number {
  const count = checkPairs('mean squared error', predictions, targets);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += ((predictions[i] as number) - (targets[i] as number)) ** 2;
  return sum / count;
}

/** √ of the mean squared error, in the targets' units. */
export const rootMeanSquaredError = (predictions: ArrayLike<number>, targets: ArrayLike<number>): number =>
  Math.sqrt(meanSquaredError(predictions, targets));

/**
 * Mean squared error as the loss, its root as the error.
 *
 * Errors: as `meanSquaredError`; a prediction that is not finite.
 */
export function regressionScore(predictions: ArrayLike<number>, targets: ArrayLike<number>): Score {
  const loss = meanSquaredError(predictions, targets);
  const bad = Number.isFinite(loss) ? -1 : Array.from(predictions).findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) throw notFinite('regression score', `output ${bad} is ${predictions[bad]}`);
  return { loss, error: Math.sqrt(loss) };
}
