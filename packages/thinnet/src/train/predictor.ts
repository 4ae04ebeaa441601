/** @file Predictions of a network by its two programs: the mean, and passes of the thinned one. */
import type { FeatureArray } from '../data/dataset.js';
import { shown, ThinnetError } from '../error.js';
import { sizeOf } from '../graph/shape.js';
import type { Network } from '../nn/network.js';
import type { NoiseSite } from '../noise/site.js';
import type { TensorValue } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { writeModel } from '../onnx/write.js';
import type { LoadOptions, Program, Runtime } from '../runtime/runtime.js';
import { type Examples, gatherRange } from './batch.js';
import type { State } from './engine.js';
import type { ThinnedPasses } from './passes.js';
import { type PredictProgram, predictProgram, thinnedPredictProgram } from './predict-program.js';
import { defaultRowsPerRun, exampleShape, ThinnedPredictor } from './thinned.js';

const examplesPerRun = 500;

export interface PredictorOptions extends LoadOptions {
  /** Rows of one run of the thinned program: examples times passes (default 256). */
  readonly rowsPerRun?: number;
}

/** A network's compiled mean program, and its thinned one from the first pass on. Release it when done. */
export class Predictor {
  readonly #network: Network;
  readonly #runtime: Runtime;
  readonly #options: PredictorOptions;
  readonly #means: PredictProgram;
  readonly #predicting: Program;
  #thinned: Promise<ThinnedPredictor> | undefined;

  private constructor(
    network: Network,
    runtime: Runtime,
    options: PredictorOptions,
    means: PredictProgram,
    predicting: Program,
  ) {
    this.#network = network;
    this.#runtime = runtime;
    this.#options = options;
    this.#means = means;
    this.#predicting = predicting;
  }

  /** Errors: a network without an input or output; rowsPerRun out of range. */
  static async open(network: Network, runtime: Runtime, options: PredictorOptions = {}): Promise<Predictor> {
    const { rowsPerRun = defaultRowsPerRun } = options;
    if (!Number.isSafeInteger(rowsPerRun) || rowsPerRun < 1)
      throw new ThinnetError(`rowsPerRun is ${shown(rowsPerRun)}; it must be a whole number, at least 1`);
    const means = predictProgram(network);
    const predicting = await compile(runtime, means, options);
    return new Predictor(network, runtime, options, means, predicting);
  }

  /** Numbers per example. */
  get outputs(): number {
    return this.#means.outputs;
  }

  /** Features as examples of the network. Errors: not a whole number of examples. */
  examples(features: FeatureArray): Examples {
    const shape = exampleShape(this.#network);
    const length = features.length / sizeOf(shape);
    if (!Number.isInteger(length) || length < 1)
      throw new ThinnetError(
        `${features.length} features are no whole number of examples; an example has ${sizeOf(shape)} (shape [${shape.join(', ')}])`,
      );
    return { features, shape, length };
  }

  /** Outputs of the mean program, row-major [examples, outputs]. */
  async mean(of: Examples, state: State, chosen?: Uint32Array): Promise<Float32Array> {
    const { input, output, outputs, parameters } = this.#means;
    const examples = chosen?.length ?? of.length;
    const features = new Float32Array(Math.min(examplesPerRun, examples) * sizeOf(of.shape));
    const results = new Float32Array(examples * outputs);
    const fed: Record<string, TensorValue> = {};
    for (const { name, shape } of parameters)
      fed[name] = { type: 'float32', dims: shape, data: state[name] as Float32Array };
    for (let at = 0; at < examples; at += examplesPerRun) {
      const end = Math.min(at + examplesPerRun, examples);
      const data = gatherRange(of, chosen, at, end, features);
      fed[input] = { type: 'float32', dims: [end - at, ...of.shape], data };
      const result = await this.#predicting.run(fed);
      results.set((result[output] as TensorValue).data as Float32Array, at * outputs);
    }
    return results;
  }

  /** Outputs of passes of the thinned program, row-major [passes.count, examples, outputs]; see `ThinnedPredictor`. */
  async thinned(
    of: Examples,
    state: State,
    passes: ThinnedPasses,
    chosen?: Uint32Array,
    siteNow?: (site: NoiseSite) => NoiseSite,
  ): Promise<Float32Array> {
    this.#thinned ??= this.#openThinned();
    return (await this.#thinned).run(of, chosen, state, passes, siteNow);
  }

  async release(): Promise<void> {
    await this.#predicting.release();
    // Whoever asked for passes has heard why there are none.
    await (await this.#thinned?.catch(() => undefined))?.release();
  }

  async #openThinned(): Promise<ThinnedPredictor> {
    const program = thinnedPredictProgram(this.#network);
    const compiled = await compile(this.#runtime, program, this.#options);
    return new ThinnedPredictor(this.#network, program, compiled, this.#options.rowsPerRun);
  }
}

const compile = (runtime: Runtime, { graph }: PredictProgram, { threads }: LoadOptions): Promise<Program> =>
  runtime.load(writeModel(standardModel(graph)), threads === undefined ? {} : { threads });
