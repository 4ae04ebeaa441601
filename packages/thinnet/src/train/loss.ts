/** @file Losses as data; `losses/` writes each into a graph. */
import { shown, ThinnetError } from '../error.js';
import { checkOptions } from '../options/check.js';

/**
 * `crossEntropy`: mean over examples of −log softmax(logits)[label]; logits [N, classes], labels int [N].
 *   Label smoothing ε replaces the one-hot target by (1 − ε)·one-hot + ε/classes (Szegedy et al. 2016, section 7).
 * `binaryCrossEntropy`: mean over examples and outputs of softplus(z) − z·y; logits z [N, outputs], targets y 0 or 1.
 * `meanSquaredError`: mean over examples and outputs of (prediction − target)²; both [N, outputs].
 */
export type Loss =
  | { readonly kind: 'crossEntropy'; readonly labelSmoothing: number }
  | { readonly kind: 'binaryCrossEntropy' }
  | { readonly kind: 'meanSquaredError' };

/** Cross-entropy with integer labels; `labelSmoothing` ε from 0 to below 1. */
export function crossEntropy(options: { readonly labelSmoothing?: number } = {}): Loss {
  checkOptions('crossEntropy', options, { labelSmoothing: true });
  const labelSmoothing = options.labelSmoothing ?? 0;
  if (!(typeof labelSmoothing === 'number' && labelSmoothing >= 0 && labelSmoothing < 1))
    throw new ThinnetError(
      `crossEntropy: labelSmoothing is ${shown(labelSmoothing)}; it must be at least 0 and below 1`,
    );
  return { kind: 'crossEntropy', labelSmoothing };
}

/** Binary cross-entropy on logits, one or several independent outputs. */
export const binaryCrossEntropy = (): Loss => ({ kind: 'binaryCrossEntropy' });

/** Mean squared error. */
export const meanSquaredError = (): Loss => ({ kind: 'meanSquaredError' });
