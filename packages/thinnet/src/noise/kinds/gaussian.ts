/** @file Kinds that draw normal numbers. */
import type { NoiseRule } from './rule.js';

/**
 * Multiplicative Gaussian noise, N(1, rate / (1 − rate)): mean and variance of inverted dropout's noise. `rate` < 1.
 * Srivastava et al. 2014 (JMLR 15, 1929–1958), section 10; Wang & Manning 2013, "Fast dropout training".
 */
export const gaussian: NoiseRule<'gaussian'> = {
  expectation: () => 1,
  fill: ({ id }, { seed, step, rate }, out, offset, kernels) =>
    kernels.fillGaussian(out, { seed, step, site: id, offset, mean: 1, std: Math.sqrt(rate / (1 - rate)) }),
};

/** ε ~ N(0, 1); the graph gives it its learned standard deviation. */
export const standardNormal: NoiseRule<'variationalGaussian'> = {
  fill: ({ id }, { seed, step }, out, offset, kernels) =>
    kernels.fillGaussian(out, { seed, step, site: id, offset, mean: 0, std: 1 }),
};
