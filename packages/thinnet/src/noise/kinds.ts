/** @file The kinds of dropout: for each, what its noise is and what replaces the noise at inference. */
import { ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type { NoiseKernels } from './draws.js';
import { defaultKernels } from './kernels/simd.js';
import { affine } from './kinds/alpha.js';
import { inverted, standard } from './kinds/bernoulli.js';
import { dropblock } from './kinds/dropblock.js';
import { gaussian, standardNormal } from './kinds/gaussian.js';
import type { AnyRule, NoiseRule } from './kinds/rule.js';
import { uniform } from './kinds/uniform.js';
import { rateAt } from './schedule.js';
import type { NoiseKind, NoiseSite } from './site.js';

/** Which sample of the noise: a training step, or one pass of Monte Carlo dropout. */
export interface NoiseDraw {
  /** 0 to 2^53 − 1. */
  readonly seed: number;
  /** 0 to 2^32 − 1. */
  readonly step: number;
  /**
   * The training step whose rate counts where a rate is a schedule; `step` unless given. Monte Carlo dropout, whose
   * `step` counts passes, gives the number of steps that the network was trained.
   */
  readonly scheduleStep?: number;
}

const keys: KeysOf<NoiseDraw> = { seed: true, step: true, scheduleStep: true };

/** One entry a kind. A kind without an entry, or an entry without what its kind needs, does not compile. */
export const kinds: { readonly [K in NoiseKind]: NoiseRule<K> } = {
  dropout: inverted,
  standard,
  spatial: inverted,
  dropblock,
  gaussian,
  alpha: affine,
  featureAlpha: affine,
  dropconnect: inverted,
  batchwise: inverted,
  embedding: inverted,
  variational: inverted,
  depth: inverted,
  attention: inverted,
  concrete: uniform,
  variationalGaussian: standardNormal,
  standout: uniform,
};

/** The rule of a site's kind. Errors: a kind that is not in the table. */
export function ruleOf(site: NoiseSite): AnyRule {
  if (!Object.hasOwn(kinds, site.kind))
    throw new ThinnetError(
      `noise site "${site.name}": kind "${site.kind}" is unknown; known are ${Object.keys(kinds).join(', ')}`,
    );
  return kinds[site.kind] as unknown as AnyRule;
}

/**
 * Draws a site's noise: a pure function of (seed, step, site, element) and the rate of the step.
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
  kernels: NoiseKernels = defaultKernels(),
): void {
  checkOptions('fillNoise', draw, keys);
  const { seed, step, scheduleStep = step } = draw;
  ruleOf(site).fill(site, { seed, step, rate: rateAt(site.rate, scheduleStep) }, out, offset, kernels);
}

/** E[noise] of a site, by which the mean program multiplies; undefined where `site.mean` says what replaces its layer. */
export const expectationOf = (site: NoiseSite): number | undefined => ruleOf(site).expectation?.(site);

/** What the mean program puts in each multiplied noise input's place, by the input's name. */
export const expectations = (sites: readonly NoiseSite[]): Map<string, number> =>
  new Map(
    sites.flatMap((site) => {
      const expectation = expectationOf(site);
      return expectation === undefined ? [] : [[site.input, expectation] as const];
    }),
  );

/** Which value the mean program reads in which other's place, for the sites that say so. */
export const replacements = (sites: readonly NoiseSite[]): Map<string, string> =>
  new Map(sites.flatMap((site) => ('mean' in site ? [[site.mean.output, site.mean.by] as const] : [])));
