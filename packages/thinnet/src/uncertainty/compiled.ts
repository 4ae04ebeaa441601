/** @file Monte Carlo dropout over a network that is not in training: with given parameters, or out of an ONNX file. */
import type { FeatureArray } from '../data/dataset.js';
import { ThinnetError } from '../error.js';
import { fromOnnx } from '../nn/import.js';
import { learned, type Network } from '../nn/network.js';
import { rateAt } from '../noise/schedule.js';
import type { NoiseSite } from '../noise/site.js';
import { readModel } from '../onnx/read.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Examples } from '../train/batch.js';
import type { State } from '../train/engine.js';
import { Predictor, type PredictorOptions } from '../train/predictor.js';
import { type MonteCarlo, type MonteCarloOptions, monteCarloKeys, monteCarloOver } from './monte-carlo.js';

export interface CompiledOptions extends MonteCarloOptions, PredictorOptions {
  /** Where a rate is a schedule: the number of steps that the network was trained, whose rate is then drawn with. */
  readonly trainedSteps?: number;
}

const keys: KeysOf<CompiledOptions> = {
  ...monteCarloKeys,
  threads: true,
  rowsPerRun: true,
  trainedSteps: true,
};

/**
 * Monte Carlo dropout over a network with given parameters. Both programs are compiled, the mean and the thinned one;
 * release it when done. Batch normalisation goes by its running statistics. Several draws of few examples are one run.
 *
 * @param state parameters and statistics by name, as `trainer.parameters()` or `engine.state()` give them; the network's
 *   initial values where it is undefined
 * Errors: a network without dropout; parameters that are missing or of another size; a scheduled rate without `trainedSteps`; options out of range.
 */
export async function monteCarlo(
  network: Network,
  state: State | undefined,
  runtime: Runtime,
  options: CompiledOptions,
): Promise<MonteCarlo> {
  checkOptions('monteCarlo', options, keys);
  const { trainedSteps, threads, rowsPerRun, ...rest } = options;
  const parameters = stateOf(network, state);
  const siteNow = siteAfter(network, trainedSteps);
  const predictor = await Predictor.open(network, runtime, {
    ...(threads === undefined ? {} : { threads }),
    ...(rowsPerRun === undefined ? {} : { rowsPerRun }),
  });
  const examples = (of: string | FeatureArray): Examples => {
    if (typeof of !== 'string') return predictor.examples(of);
    throw new ThinnetError(`monteCarlo: "${of}" is no array of features; sets have names in a trainer alone`);
  };
  const source = {
    predict: async (of: string | FeatureArray) => predictor.mean(examples(of), parameters),
    thinned: async (of: string | FeatureArray, passes: Parameters<Predictor['thinned']>[2]) =>
      predictor.thinned(examples(of), parameters, passes, undefined, siteNow),
  };
  return { ...monteCarloOver(source, network, rest), release: () => predictor.release() };
}

/**
 * Monte Carlo dropout over a model file that still has its Dropout nodes.
 *
 * Errors: as `fromOnnx` and `monteCarlo`; a model without Dropout nodes.
 */
export async function monteCarloOfOnnx(
  file: Uint8Array,
  runtime: Runtime,
  options: CompiledOptions,
): Promise<MonteCarlo> {
  checkOptions('monteCarlo', options, keys);
  const network = fromOnnx(readModel(file));
  if (network.sites.length === 0)
    throw new ThinnetError(
      `model "${network.graph.name}" has no Dropout nodes with a ratio above 0: exporters leave them out unless told ` +
        '(PyTorch: torch.onnx.export(…, training=TrainingMode.TRAINING, do_constant_folding=False))',
    );
  return monteCarlo(network, undefined, runtime, options);
}

function stateOf(network: Network, given: State | undefined): State {
  const initial = new Map(network.graph.initializers.map(({ name, data }) => [name, data]));
  return Object.fromEntries(
    learned(network).map(({ name, shape }) => {
      const data = given === undefined ? initial.get(name) : given[name];
      const size = shape.reduce((a, b) => a * b, 1);
      if (!(data instanceof Float32Array) || data.length !== size)
        throw new ThinnetError(
          `monteCarlo: parameter "${name}" has ${data?.length ?? 'no'} elements; the network's has ${size}`,
        );
      return [name, data];
    }),
  );
}

function siteAfter({ sites }: Network, trainedSteps: number | undefined): (site: NoiseSite) => NoiseSite {
  const scheduled = sites.find(({ rate }) => typeof rate !== 'number');
  if (scheduled && trainedSteps === undefined)
    throw new ThinnetError(
      `monteCarlo: the rate of dropout "${scheduled.name}" is a schedule; say after how many steps: trainedSteps`,
    );
  return (site) => ({ ...site, rate: rateAt(site.rate, trainedSteps ?? 0) }) as NoiseSite;
}
