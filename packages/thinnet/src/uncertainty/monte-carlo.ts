/** @file Monte Carlo dropout: many thinned networks answer, and their disagreement is the uncertainty. */
import type { FeatureArray } from '../data/dataset.js';
import { toShared } from '../data/shared.js';
import { shown, ThinnetError } from '../error.js';
import { showShape, sizeOf } from '../graph/shape.js';
import type { Network } from '../nn/network.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type { SetName } from '../train/engine.js';
import type { ThinnedPasses } from '../train/passes.js';
import { ClassDraws, type ClassSummary } from './entropy.js';
import { Moments } from './moments.js';
import { type OutputKind, readings } from './outputs.js';

export interface MonteCarloOptions {
  /** 0 to 2^53 − 1. The same seed gives the same draws: draw t has the noise of (seed, step = t). */
  readonly seed: number;
  /** T, the number of thinned networks that answer (default 50). Errors of means fall as 1/√T. */
  readonly draws?: number;
  /**
   * `'own'` (the default): each example has masks of its own. `'shared'`: a draw's masks are the same for all examples, so
   * that a draw is one function, to be plotted as one curve. What is said of a single example has the same distribution.
   */
  readonly masks?: 'own' | 'shared';
  /** How outputs are read as classes (default `'logits'`). */
  readonly outputs?: OutputKind;
}

export const monteCarloKeys: KeysOf<MonteCarloOptions> = {
  seed: true,
  draws: true,
  masks: true,
  outputs: true,
};

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Give all draws too (default false): T·N·C numbers. */
  readonly keepDraws?: boolean;
  /** Draws done, of how many. */
  readonly onProgress?: (done: number, draws: number) => void;
}

const askKeys: KeysOf<AskOptions> = { signal: true, keepDraws: true, onProgress: true };

/** What is known of N examples, each with C classes. Arrays are row-major. */
export interface ClassUncertainty extends ClassSummary {
  readonly examples: number;
  readonly classes: number;
  /** T. */
  readonly draws: number;
  /** Probabilities by the mean network, the one that is deployed: [N, C]. */
  readonly meanNetwork: Float64Array;
  /** With `keepDraws`: probabilities [T, N, C]. */
  readonly samples?: Float32Array;
}

/** What is known of N examples, each with some outputs. Arrays are row-major. */
export interface RegressionUncertainty {
  readonly examples: number;
  readonly outputs: number;
  /** T. */
  readonly draws: number;
  /** 1/T Σ_t f_t(x), [N, outputs]. */
  readonly mean: Float64Array;
  /** Predictive variance: τ⁻¹ + 1/T Σ_t f_t² − mean², [N, outputs], in the targets' unit squared. */
  readonly variance: Float64Array;
  /** Its second part, without the noise of observations: how much the thinned networks disagree. */
  readonly spread: Float64Array;
  /** Outputs of the mean network, [N, outputs]. */
  readonly meanNetwork: Float64Array;
  /** With `keepDraws`: outputs [T, N, outputs], as `predictiveLogLikelihood` takes them. */
  readonly samples?: Float32Array;
}

/** What thinned networks are drawn from: a Trainer, an Engine, or a compiled network of one's own. */
export interface ThinnedSource {
  predict(of: SetName | FeatureArray): Promise<Float32Array>;
  thinned(of: SetName | FeatureArray, passes: ThinnedPasses): Promise<Float32Array>;
}

/**
 * Answers with their uncertainty. Examples are given as features [N, ...shape of an example], or, where it was made of a
 * trainer, by the name of a set.
 */
export interface MonteCarlo {
  /**
   * The predictive distribution over classes and its uncertainty.
   * Errors: features that are no whole number of examples; outputs that are not [N, classes], or not what `outputs` says;
   *   the signal's reason.
   */
  classify(of: SetName | FeatureArray, options?: AskOptions): Promise<ClassUncertainty>;
  /**
   * Predictive mean and variance of real-valued outputs, those of an example in a row whatever their shape; Gal & Ghahramani 2016, equation 6 and section 4.
   *
   * @param options `noiseVariance` is τ⁻¹, the variance of the observations' noise (default 0: none is added); see `modelPrecision`
   * Errors: as `classify`; a negative variance.
   */
  regress(
    of: SetName | FeatureArray,
    options?: AskOptions & { readonly noiseVariance?: number },
  ): Promise<RegressionUncertainty>;
  /** Frees what `monteCarlo` compiled; a trainer that it was made of stays open. */
  release(): Promise<void>;
}

/** About so many rows a call, so that an abort is heard soon. */
const rowsPerCall = 2048;

/**
 * Monte Carlo dropout over a network in training (Trainer, Engine), with its parameters and rates as they are at each
 * question. Gal & Ghahramani 2016, "Dropout as a Bayesian approximation" (arXiv:1506.02142).
 *
 * Errors: a network without dropout, whose draws would all be one; options unknown or out of range.
 */
export function monteCarloOver(
  source: ThinnedSource,
  network: Network,
  options: MonteCarloOptions,
): MonteCarlo {
  checkOptions('monteCarlo', options, monteCarloKeys);
  const { seed, draws = 50, masks = 'own', outputs: kind = 'logits' } = options;
  if (network.sites.length === 0)
    throw new ThinnetError(
      `monteCarlo: network "${network.graph.name}" has no dropout with a rate above 0, so that all draws would be the same and seem sure; ` +
        'give it dropout, or ask its mean program (predict)',
    );
  if (!Number.isSafeInteger(draws) || draws < 1)
    throw new ThinnetError(`monteCarlo: draws is ${shown(draws)}; it must be a whole number, at least 1`);
  if (!Object.hasOwn(readings, kind))
    throw new ThinnetError(
      `monteCarlo: outputs is "${kind}"; it must be one of ${Object.keys(readings).join(', ')}`,
    );
  const width = outputsOf(network);

  /** Hands each draw's outputs [N, outputs] to `take`. */
  const eachDraw = async (
    of: SetName | FeatureArray,
    examples: number,
    { signal, onProgress }: AskOptions,
    take: (outputs: Float32Array, draw: number) => void,
  ): Promise<void> => {
    const together = Math.max(1, Math.floor(rowsPerCall / examples));
    const size = examples * width;
    for (let first = 0; first < draws; first += together) {
      signal?.throwIfAborted();
      const count = Math.min(together, draws - first);
      const outputs = await source.thinned(of, { seed, first, count, masks });
      for (let t = 0; t < count; t++) take(outputs.subarray(t * size, (t + 1) * size), first + t);
      onProgress?.(first + count, draws);
    }
    signal?.throwIfAborted();
  };

  return {
    async classify(of, asked = {}) {
      checkOptions('classify', asked, askKeys);
      checkClasses(network);
      const reading = readings[kind];
      const classes = reading.classes(width);
      asked.signal?.throwIfAborted();
      const features = sentOnce(of);
      const mean = await source.predict(features);
      const examples = mean.length / width;
      const taken = new ClassDraws(examples, classes);
      const samples = asked.keepDraws ? new Float32Array(draws * examples * classes) : undefined;
      await eachDraw(features, examples, asked, (outputs, draw) => {
        const probabilities = reading.probabilities(outputs, classes);
        taken.add(probabilities);
        samples?.set(probabilities, draw * probabilities.length);
      });
      const meanNetwork = reading.probabilities(mean, classes);
      return { examples, classes, draws, ...taken.summary(), meanNetwork, ...(samples ? { samples } : {}) };
    },

    async regress(of, asked = {}) {
      checkOptions('regress', asked, { ...askKeys, noiseVariance: true });
      const { noiseVariance = 0 } = asked;
      if (!(noiseVariance >= 0 && Number.isFinite(noiseVariance)))
        throw new ThinnetError(`regress: noiseVariance is ${shown(noiseVariance)}; it must be 0 or more`);
      asked.signal?.throwIfAborted();
      const features = sentOnce(of);
      const meanNetwork = Float64Array.from(await source.predict(features));
      const examples = meanNetwork.length / width;
      const taken = new Moments(meanNetwork.length);
      const samples = asked.keepDraws ? new Float32Array(draws * meanNetwork.length) : undefined;
      await eachDraw(features, examples, asked, (outputs, draw) => {
        taken.add(outputs);
        samples?.set(outputs, draw * outputs.length);
      });
      const spread = taken.variance();
      return {
        examples,
        outputs: width,
        draws,
        mean: taken.mean,
        variance: spread.map((part) => part + noiseVariance),
        spread,
        meanNetwork,
        ...(samples ? { samples } : {}),
      };
    },

    release: async () => undefined,
  };
}

/** Errors: outputs with more axes than the batch and the classes. */
function checkClasses({ graph }: Network): void {
  const [output] = graph.outputs;
  if (output?.shape?.length !== 2)
    throw new ThinnetError(
      `classify: the network's output "${output?.name}" is ${showShape(output?.shape ?? [])}; it must be [N, classes] (one answer an example: flatten() and dense(classes) at the end; numbers: regress)`,
    );
}

/** Features in shared memory where there is such: a worker that is asked again and again gets no copy each time. */
const sentOnce = (of: SetName | FeatureArray): SetName | FeatureArray =>
  typeof of === 'string' ? of : toShared(of);

function outputsOf({ graph }: Network): number {
  const shape = graph.outputs[0]?.shape?.slice(1);
  if (shape === undefined) throw new ThinnetError(`network "${graph.name}" has no output with a known shape`);
  return sizeOf(shape);
}
