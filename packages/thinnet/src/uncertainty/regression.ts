/** @file What draws of real-valued outputs say: predictive variance and likelihood with observation noise. */
import { shown, ThinnetError } from '../error.js';
import type { Numbers } from '../measure/check.js';
import { logSumExp } from '../measure/softmax.js';
import { checkOptions, type KeysOf } from '../options/check.js';

/** What the noise of the observations follows from, in Gal & Ghahramani's reading of dropout. */
export interface PrecisionTerms {
  /** l, the prior length scale of the weights: small where functions vary fast. */
  readonly lengthScale: number;
  /** Probability to drop. */
  readonly rate: number;
  /** λ of the loss 1/(2N) Σ ‖y − ŷ‖² + λ ‖W‖², above 0. */
  readonly weightDecay: number;
  /** N, the number of training examples. */
  readonly examples: number;
}

const keys: KeysOf<PrecisionTerms> = { lengthScale: true, rate: true, weightDecay: true, examples: true };

/**
 * τ = keep · l² / (2 N λ): the model precision, whose inverse τ⁻¹ is the variance of the observations' noise.
 * Gal & Ghahramani 2016, "Dropout as a Bayesian approximation" (arXiv:1506.02142), equation 7.
 *
 * Errors: a term that is not above 0; a rate outside [0, 1).
 */
export function modelPrecision(terms: PrecisionTerms): number {
  checkOptions('modelPrecision', terms, keys);
  const { lengthScale, rate, weightDecay, examples } = terms;
  for (const [name, value] of Object.entries({ lengthScale, weightDecay, examples }))
    if (!(value > 0 && Number.isFinite(value)))
      throw new ThinnetError(`modelPrecision: ${name} is ${shown(value)}; it must be above 0`);
  if (!(rate >= 0 && rate < 1))
    throw new ThinnetError(`modelPrecision: rate is ${rate}; it must be at least 0 and below 1`);
  return ((1 - rate) * lengthScale ** 2) / (2 * examples * weightDecay);
}

/**
 * log 1/T Σ_t N(y | f_t, τ⁻¹ I) of each example, in nats: how likely its target is by the mixture of the T draws.
 * Gal & Ghahramani 2016 (arXiv:1506.02142), equation 8.
 *
 * @param samples [T, N, outputs], the draws of the network's outputs
 * @param targets [N, outputs]
 * @param noiseVariance τ⁻¹, above 0
 * @returns [N]
 * Errors: lengths that contradict each other; a variance that is not above 0.
 */
export function predictiveLogLikelihood(
  samples: Numbers,
  targets: Numbers,
  options: { readonly outputs: number; readonly noiseVariance: number },
): Float64Array {
  checkOptions('predictiveLogLikelihood', options, { outputs: true, noiseVariance: true });
  const { outputs, noiseVariance } = options;
  const examples = targets.length / outputs;
  const draws = samples.length / targets.length;
  if (!Number.isInteger(examples) || !Number.isInteger(draws) || draws < 1)
    throw new ThinnetError(
      `predictiveLogLikelihood: ${samples.length} sampled outputs and ${targets.length} targets are no draws of examples with ${outputs} outputs`,
    );
  if (!(noiseVariance > 0 && Number.isFinite(noiseVariance)))
    throw new ThinnetError(
      `predictiveLogLikelihood: noiseVariance is ${noiseVariance}; it must be above 0 (1 / modelPrecision(…))`,
    );
  const constant = -0.5 * outputs * Math.log(2 * Math.PI * noiseVariance) - Math.log(draws);
  const terms = new Float64Array(draws);
  return Float64Array.from({ length: examples }, (_, n) => {
    for (let t = 0; t < draws; t++) {
      let squares = 0;
      for (let k = n * outputs; k < (n + 1) * outputs; k++)
        squares += ((targets[k] as number) - (samples[t * targets.length + k] as number)) ** 2;
      terms[t] = (-0.5 * squares) / noiseVariance;
    }
    return constant + logSumExp(terms, 0, draws);
  });
}
