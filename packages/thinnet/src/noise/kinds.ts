/** @file The kinds of dropout: for each, what its noise is and what replaces the noise at inference. */
import { ThinnetError } from '../error.js';
import type { NoiseKernels } from './bernoulli.js';
import { referenceKernels } from './bernoulli.js';
import type { NoiseKind, NoiseSite } from './site.js';

/** Which sample of the noise: a training step, or one pass of Monte Carlo dropout. */
export interface NoiseDraw {
  /** 0 to 2^53 − 1. */
  readonly seed: number;
  /** 0 to 2^32 − 1. */
  readonly step: number;
}

/** What a kind of dropout is. */
export interface NoiseRule {
  /** E[noise], by which the mean program multiplies; every element has the same. */
  expectation(site: NoiseSite): number;
  /** Fills `out` with elements offset … offset + out.length − 1 of the site's noise. */
  fill(site: NoiseSite, draw: NoiseDraw, out: Float32Array, offset: number, kernels: NoiseKernels): void;
}

const keepOf = (site: NoiseSite): number => 1 - site.rate;

export const kinds: { readonly [K in NoiseKind]: NoiseRule } = {
  /**
   * Inverted dropout: noise 0 with probability `rate`, else 1 / keep; nothing is left to do at inference.
   * Hinton et al. 2012 (arXiv:1207.0580); the scaling by 1 / keep while training: Srivastava et al. 2014
   * (JMLR 15, 1929–1958), section 10. At rate 1 every element is 0, also its expectation.
   */
  dropout: {
    expectation: (site) => (site.rate === 1 ? 0 : 1),
    fill: ({ id, rate }, { seed, step }, out, offset, kernels) =>
      kernels.fillBernoulli(out, {
        seed,
        step,
        site: id,
        rate,
        offset,
        dropped: 0,
        kept: rate === 1 ? 0 : 1 / (1 - rate),
      }),
  },
  /**
   * Dropout as first published: noise 0 with probability `rate`, else 1; at inference activations are multiplied by keep.
   * Srivastava et al. 2014 (JMLR 15, 1929–1958), section 4: r ~ Bernoulli(p), ỹ = r ∗ y, and figure 2 for the test-time p·w.
   */
  standard: {
    expectation: keepOf,
    fill: ({ id, rate }, { seed, step }, out, offset, kernels) =>
      kernels.fillBernoulli(out, { seed, step, site: id, rate, offset, dropped: 0, kept: 1 }),
  },
};

/** The rule of a site's kind. Errors: a kind that is not in the table. */
export function ruleOf(site: NoiseSite): NoiseRule {
  if (!Object.hasOwn(kinds, site.kind))
    throw new ThinnetError(
      `noise site "${site.name}": kind "${site.kind}" is unknown; known are ${Object.keys(kinds).join(', ')}`,
    );
  return kinds[site.kind];
}

/**
 * Draws a site's noise: a pure function of (seed, step, site, element).
 *
 * @param out receives elements offset … offset + out.length − 1 of the noise tensor, row-major
 * @param kernels the implementation that draws; all give the same bits
 * Errors: seed, step, site, rate or offset out of range.
 */
export function fillNoise(
  site: NoiseSite,
  draw: NoiseDraw,
  out: Float32Array,
  offset = 0,
  kernels: NoiseKernels = referenceKernels,
): void {
  ruleOf(site).fill(site, draw, out, offset, kernels);
}

/** What the mean program puts in each noise input's place, by the input's name. */
export const expectations = (sites: readonly NoiseSite[]): Map<string, number> =>
  new Map(sites.map((site) => [site.input, ruleOf(site).expectation(site)]));
