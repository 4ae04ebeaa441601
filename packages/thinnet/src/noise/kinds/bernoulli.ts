/** @file Kinds whose noise has two values: dropped or kept. They differ in shape and place, which the layers choose. */
import type { NoiseSite } from '../site.js';
import type { NoiseRule } from './rule.js';

/** The kinds whose noise is 0 or 1 / keep. */
export type InvertedKind =
  | 'dropout'
  | 'spatial'
  | 'dropconnect'
  | 'batchwise'
  | 'embedding'
  | 'variational'
  | 'depth'
  | 'attention';

/** Noise at a rate of 1 is 0 everywhere, and so is its expectation. */
const oneUnlessAllDropped = ({ rate }: NoiseSite): number => (rate === 1 ? 0 : 1);

/**
 * Inverted dropout: noise 0 with probability `rate`, else 1 / keep, so that E[noise] = 1 and nothing is left to do at
 * inference. Hinton et al. 2012 (arXiv:1207.0580); the scaling by 1 / keep while training: Srivastava et al. 2014
 * (JMLR 15, 1929–1958), section 10. At rate 1 every element is 0, also its expectation.
 */
export const inverted: NoiseRule<InvertedKind> = {
  expectation: oneUnlessAllDropped,
  fill: ({ id }, { seed, step, rate }, out, offset, kernels) =>
    kernels.fillBernoulli(out, {
      seed,
      step,
      site: id,
      rate,
      offset,
      dropped: 0,
      kept: rate === 1 ? 0 : 1 / (1 - rate),
    }),
};

/**
 * Dropout as first published: noise 0 with probability `rate`, else 1; at inference activations are multiplied by keep.
 * Srivastava et al. 2014 (JMLR 15, 1929–1958), section 4: r ~ Bernoulli(p), ỹ = r ∗ y, and figure 2 for the test-time p·w.
 */
export const standard: NoiseRule<'standard'> = {
  expectation: ({ rate }) => 1 - rate,
  fill: ({ id }, { seed, step, rate }, out, offset, kernels) =>
    kernels.fillBernoulli(out, { seed, step, site: id, rate, offset, dropped: 0, kept: 1 }),
};
