/** @file Whether confidence means what it says: expected calibration error with its reliability diagram. */
import { ThinnetError } from '../error.js';
import type { Labels, Numbers } from './check.js';
import { checkProbabilities } from './check.js';
import { argmax } from './softmax.js';

/** One bar of a reliability diagram: the examples whose confidence lies in (from, to]. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** Number of examples. */
  readonly count: number;
  /** Mean confidence of them; NaN in an empty bin. */
  readonly confidence: number;
  /** Share of them classified correctly; NaN in an empty bin. */
  readonly accuracy: number;
}

export interface Calibration {
  /** Expected calibration error, 0 (calibrated) to 1. */
  readonly ece: number;
  /** Maximum calibration error: the largest |accuracy − confidence| of a bin; Guo et al. 2017, eq. 5. */
  readonly mce: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Guo et al.'s number of bins. */
export const DEFAULT_BINS = 15;

/** Checks a number of bins. Errors: not an integer from 1 up. */
export function checkBins(what: string, bins: number): number {
  if (Number.isInteger(bins) && bins >= 1) return bins;
  throw new ThinnetError(
    `${what}: bins is ${bins}; it must be an integer from 1 up, such as ${DEFAULT_BINS}`,
  );
}

/** The bin m of `bins` with confidence in (m/bins, (m + 1)/bins]; 0 belongs to the first. */
function binOf(confidence: number, bins: number): number {
  let bin = Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1);
  // The product rounds; the edges as the bins report them decide.
  if (bin > 0 && confidence <= bin / bins) bin--;
  else if (bin < bins - 1 && confidence > (bin + 1) / bins) bin++;
  return bin;
}

/**
 * Expected calibration error of the top label, with bins of equal width: ECE = Σ_m |B_m|/n · |acc(B_m) − conf(B_m)|.
 * Guo, Pleiss, Sun, Weinberger 2017, "On calibration of modern neural networks", eq. 3. Confidence is the largest
 * probability of an example, the answer its class (the lowest of equals).
 *
 * @param probabilities [n, classes], rows that add up to 1
 * @param labels [n], 0 to classes − 1
 * @param bins number of bins over (0, 1]; the value depends on it, so say which when you report it
 *
 * Errors: rows that aren't probabilities; lengths that contradict each other; no examples; a label out of range.
 */
export function calibration(
  probabilities: Numbers,
  labels: Labels,
  classes: number,
  bins = DEFAULT_BINS,
): Calibration {
  checkBins('calibration', bins);
  const examples = checkProbabilities('calibration', probabilities, labels, classes);
  const counts = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const hits = new Float64Array(bins);
  for (let row = 0; row < examples; row++) {
    const answer = argmax(probabilities, row, classes);
    const confidence = probabilities[row * classes + answer] as number;
    const bin = binOf(confidence, bins);
    counts[bin]!++;
    confidences[bin]! += confidence;
    if (answer === labels[row]) hits[bin]!++;
  }
  const result = Array.from(counts, (count, m) => ({
    from: m / bins,
    to: (m + 1) / bins,
    count,
    confidence: (confidences[m] as number) / count,
    accuracy: (hits[m] as number) / count,
  }));
  const gaps = result
    .filter(({ count }) => count > 0)
    .map(({ count, accuracy, confidence }) => ({ count, gap: Math.abs(accuracy - confidence) }));
  return {
    ece: gaps.reduce((sum, { count, gap }) => sum + (count / examples) * gap, 0),
    mce: Math.max(...gaps.map(({ gap }) => gap)),
    bins: result,
  };
}
