/** @file Alpha dropout: affine noise that keeps mean 0 and variance 1. */
import type { NoiseRule } from './rule.js';

const lambda = 1.0507009873554805;
const alpha = 1.6732632423543772;

/** α′ = −λ·α, SELU's limit for x → −∞: what a dropped unit becomes before the affine transformation. */
export const saturation = -lambda * alpha;

/** a = (q + α′²·q·(1 − q))^(−½), q = 1 − rate; 0 at rate 1, where nothing is kept. Klambauer et al. 2017, section 3. */
export function alphaScale(rate: number): number {
  const keep = 1 - rate;
  return keep === 0 ? 0 : 1 / Math.sqrt(keep * (1 + saturation * saturation * rate));
}

/** α′·a·q: with b = −a·(1 − q)·α′, the value a·α′ + b of a dropped unit. */
export const alphaShift = (rate: number): number => saturation * alphaScale(rate) * (1 - rate);

/**
 * Of y = a·(x·d + α′·(1 − d)) + b, d ~ Bernoulli(keep), written as y = (x − α′)·s + t: s = a·d is the part `scale`,
 * t = α′·a·q the part `shift`. For x of mean 0 and variance 1, so is y.
 * Klambauer et al. 2017, "Self-normalizing neural networks" (arXiv:1706.02515), section 3, "alpha dropout".
 */
export const affine: NoiseRule<'alpha' | 'featureAlpha'> = {
  fill: ({ id, part }, { seed, step, rate }, out, offset, kernels) =>
    part === 'shift'
      ? out.fill(alphaShift(rate))
      : kernels.fillBernoulli(out, {
          seed,
          step,
          site: id,
          rate,
          offset,
          dropped: 0,
          kept: alphaScale(rate),
        }),
};
