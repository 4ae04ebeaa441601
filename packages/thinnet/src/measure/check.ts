/** @file Whether the arrays of a measure fit each other. */
import { ThinnetError } from '../error.js';

/** Numbers by example, row-major. */
export type Numbers = Float32Array | Float64Array | readonly number[];
/** A class number or target for each example. */
export type Labels = Int32Array | Uint8Array | Float32Array | readonly number[];

/**
 * The number of examples with labels [n].
 *
 * Errors: fewer than two classes; no examples; a label outside 0 to classes − 1.
 */
export function checkLabels(what: string, labels: Labels, classes: number): number {
  if (!Number.isInteger(classes) || classes < 2)
    throw new ThinnetError(`${what}: classes is ${classes}; it must be an integer from 2 up`);
  if (labels.length === 0) throw new ThinnetError(`${what}: no examples; at least 1 is needed`);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      const range = `with ${classes} classes it must be an integer from 0 to ${classes - 1}`;
      throw new ThinnetError(`${what}: label of example ${i} is ${label}; ${range}`);
    }
  }
  return labels.length;
}

/** As `checkLabels`, for scores [n, classes]. Errors: also scores that aren't n rows of classes. */
export function checkScores(what: string, scores: Numbers, labels: Labels, classes: number): number {
  const examples = checkLabels(what, labels, classes);
  if (scores.length !== examples * classes) {
    const expected = `${examples} examples of ${classes} classes have ${examples * classes}`;
    throw new ThinnetError(`${what}: ${scores.length} scores; ${expected}`);
  }
  return examples;
}

/** What to say of outputs that mean nothing, such as `the outputs of example 3 are not finite (output 0 is NaN)`. */
export const notFinite = (what: string, found: string): ThinnetError =>
  new ThinnetError(
    `${what}: ${found}: training has diverged; train again with a lower learning rate, warm-up or gradient clipping, and check the data`,
  );

/** As `notFinite`, of one of an example's outputs. */
export const outputNotFinite = (what: string, example: number, output: number, value: number): ThinnetError =>
  notFinite(what, `the outputs of example ${example} are not finite (output ${output} is ${value})`);

/** Float32 rounding of a softmax over many classes stays well inside this. */
const TOLERANCE = 1e-3;

/** As `checkScores`, and each row must be probabilities: finite, between 0 and 1, with sum 1 (both ± 0.001). */
export function checkProbabilities(
  what: string,
  probabilities: Numbers,
  labels: Labels,
  classes: number,
): number {
  const examples = checkScores(what, probabilities, labels, classes);
  for (let row = 0; row < examples; row++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const p = probabilities[row * classes + c] as number;
      if (!Number.isFinite(p)) throw outputNotFinite(what, row, c, p);
      if (!(p >= -TOLERANCE && p <= 1 + TOLERANCE))
        throw new ThinnetError(
          `${what}: example ${row}, class ${c} has probability ${p}; pass logits through softmax first`,
        );
      sum += p;
    }
    if (Math.abs(sum - 1) > TOLERANCE)
      throw new ThinnetError(
        `${what}: probabilities of example ${row} add up to ${sum}, not 1; pass logits through softmax first`,
      );
  }
  return examples;
}

/** The number of elements of two arrays of equal length. Errors: none; different lengths. */
export function checkPairs(what: string, a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new ThinnetError(`${what}: ${a.length} values against ${b.length}; each needs its partner`);
  if (a.length === 0) throw new ThinnetError(`${what}: no values; at least 1 is needed`);
  return a.length;
}
