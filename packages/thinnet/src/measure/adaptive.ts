/** @file Calibration of every class, with bins of equal count. */
import { checkBins, DEFAULT_BINS } from './calibration.js';
import type { Labels, Numbers } from './check.js';
import { checkProbabilities } from './check.js';

/**
 * Adaptive calibration error: for each class, examples sorted by that class's probability are cut into `bins` ranges of
 * equal count (up to one); ACE = 1/(K·R) Σ_k Σ_r |acc(r, k) − conf(r, k)|, acc being the share of the range whose label is k.
 * Nixon, Dusenberry, Zhang, Jerfel, Tran 2019, "Measuring calibration in deep learning", section 3 (ACE).
 * With fewer examples than bins each example is a range of its own.
 *
 * @param probabilities [n, classes], rows that add up to 1
 * @param labels [n], 0 to classes − 1
 * @returns 0 (calibrated) to 1
 *
 * Errors: as `calibration`.
 */
export function adaptiveCalibrationError(
  probabilities: Numbers,
  labels: Labels,
  classes: number,
  bins = DEFAULT_BINS,
): number {
  checkBins('adaptive calibration error', bins);
  const examples = checkProbabilities('adaptive calibration error', probabilities, labels, classes);
  const ranges = Math.min(bins, examples);
  const of = (row: number, c: number): number => probabilities[row * classes + c] as number;
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const order = Uint32Array.from({ length: examples }, (_, i) => i).sort(
      (a, b) => of(a, c) - of(b, c) || a - b,
    );
    for (let r = 0; r < ranges; r++) {
      const from = Math.floor((r * examples) / ranges);
      const to = Math.floor(((r + 1) * examples) / ranges);
      let gap = 0;
      for (const row of order.subarray(from, to)) gap += (labels[row] === c ? 1 : 0) - of(row, c);
      sum += Math.abs(gap) / (to - from);
    }
  }
  return sum / (classes * ranges);
}
