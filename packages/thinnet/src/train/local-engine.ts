/** @file The engine itself: feeds batches and noise to the compiled programs and keeps the state between runs. */
import { ThinnetError } from '../error.js';
import { bindShape, sizeOf } from '../graph/shape.js';
import { noiseArrays } from '../noise/kernels/arena.js';
import { fillNoise } from '../noise/kinds.js';
import { permutation } from '../noise/random.js';
import type { TensorValue } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { writeModel } from '../onnx/write.js';
import type { LoadOptions, Program, Runtime } from '../runtime/runtime.js';
import { gatherFeatures, gatherLabels } from './batch.js';
import { checkPlan } from './check.js';
import type { Engine, SetName, State, TrainRun } from './engine.js';
import { optimizerRule } from './optimizers/table.js';
import { defaultStepsPerRun, type TrainingPlan } from './plan.js';
import type { PredictProgram } from './predict-program.js';
import { predictProgram } from './predict-program.js';
import { learningRate } from './schedule.js';
import { type Stacked, type StepProgram, stepProgram } from './step-program.js';
import type { TrainingData } from './trainer-types.js';

const examplesPerPrediction = 500;

/** Compiles a plan's two programs on a runtime. Errors: a plan that does not fit the data or cannot be trained. */
export async function localEngine(plan: TrainingPlan, data: TrainingData, runtime: Runtime): Promise<Engine> {
  checkPlan(plan, data);
  const steps = stepProgram(plan);
  const means = predictProgram(plan.network);
  const options: LoadOptions = plan.threads === undefined ? {} : { threads: plan.threads };
  const training = await runtime.load(writeModel(standardModel(steps.graph)), options);
  const predicting = await runtime.load(writeModel(standardModel(means.graph)), options);
  return new LocalEngine(plan, data, { steps, training, means, predicting });
}

interface Compiled {
  readonly steps: StepProgram;
  readonly training: Program;
  readonly means: PredictProgram;
  readonly predicting: Program;
}

class LocalEngine implements Engine {
  readonly #plan: TrainingPlan;
  readonly #data: TrainingData;
  readonly #compiled: Compiled;
  readonly #buffers: Buffers;
  #state: State;
  #epochStart: State;
  #order: { readonly epoch: number; readonly examples: Uint32Array } | undefined;

  constructor(plan: TrainingPlan, data: TrainingData, compiled: Compiled) {
    this.#plan = plan;
    this.#data = data;
    this.#compiled = compiled;
    this.#state = initialState(plan, compiled.steps);
    this.#epochStart = this.#state;
    const stepsPerRun = Math.min(
      plan.stepsPerRun ?? defaultStepsPerRun,
      Math.ceil(data.train.length / plan.batchSize),
    );
    this.#buffers = allocate(compiled.steps, stepsPerRun, Math.min(plan.batchSize, data.train.length));
  }

  async train({ epoch, first, count }: TrainRun): Promise<Float32Array> {
    const { batchSize } = this.#plan;
    const { length } = this.#data.train;
    const perEpoch = Math.ceil(length / batchSize);
    const full = Math.floor(length / batchSize);
    if (first === 0) this.#epochStart = this.#state;
    const losses = new Float32Array(count);
    for (let done = 0; done < count; ) {
      const batch = first + done;
      // The short last batch is a run of its own: batches of one run are stacked, so they are equally long.
      const steps = batch < full ? Math.min(count - done, full - batch, this.#buffers.steps) : 1;
      const examples = this.#examples(epoch).subarray(batch * batchSize, (batch + steps) * batchSize);
      losses.set(await this.#run(epoch * perEpoch + batch, steps, examples), done);
      done += steps;
    }
    return losses;
  }

  async predict(set: SetName, examples?: Uint32Array): Promise<Float32Array> {
    const dataset = this.#data[set];
    if (dataset === undefined) throw new ThinnetError(`the training data have no ${set} set to predict`);
    const { means, predicting } = this.#compiled;
    const chosen = examples ?? Uint32Array.from({ length: dataset.length }, (_, i) => i);
    const width = dataset.shape.reduce((a, b) => a * b, 1);
    const features = new Float32Array(Math.min(examplesPerPrediction, chosen.length) * width);
    const outputs = new Float32Array(chosen.length * means.outputs);
    const parameters = Object.fromEntries(
      means.parameters.map(({ name, shape }) => [name, float32(shape, this.#state[name])]),
    );
    for (let at = 0; at < chosen.length; at += examplesPerPrediction) {
      const part = chosen.subarray(at, at + examplesPerPrediction);
      const batch = features.subarray(0, part.length * width);
      gatherFeatures(dataset, part, batch);
      const result = await predicting.run({
        [means.input]: { type: 'float32', dims: [part.length, ...dataset.shape], data: batch },
        ...parameters,
      });
      outputs.set((result[means.output] as TensorValue).data as Float32Array, at * means.outputs);
    }
    return outputs;
  }

  state(): Promise<State> {
    return Promise.resolve(
      Object.fromEntries(Object.entries(this.#state).map(([name, data]) => [name, data.slice()])),
    );
  }

  setState(state: State): Promise<void> {
    for (const { name, shape } of this.#compiled.steps.state) {
      if (state[name]?.length !== sizeOf(shape))
        throw new ThinnetError(
          `the state's "${name}" has ${state[name]?.length ?? 'no'} elements; the network's has ${sizeOf(shape)}`,
        );
    }
    this.#state = Object.fromEntries(
      this.#compiled.steps.state.map(({ name }) => [name, (state[name] as Float32Array).slice()]),
    );
    this.#epochStart = this.#state;
    return Promise.resolve();
  }

  rollback(): Promise<void> {
    this.#state = this.#epochStart;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#compiled.training.release();
    await this.#compiled.predicting.release();
  }

  /** Takes `count` steps on equally long batches, `step` being the first one's number since the beginning. */
  async #run(step: number, count: number, examples: Uint32Array): Promise<Float32Array> {
    const { steps, training } = this.#compiled;
    const { features, targets, noise, scalars } = this.#buffers;
    const { train } = this.#data;
    const lengths = { K: count, N: examples.length / count };
    const feeds: Record<string, TensorValue> = {
      [steps.steps]: { type: 'int64', dims: [], data: BigInt64Array.of(BigInt(count)) },
    };
    const feed = (
      { input, type, shape }: Stacked,
      buffer: Float32Array | Int32Array,
    ): Float32Array | Int32Array => {
      const dims = bindShape(['K', ...shape], lengths);
      const data = buffer.subarray(0, sizeOf(dims));
      feeds[input] = { type, dims, data };
      return data;
    };
    gatherFeatures(train, examples, feed(steps.features, features) as Float32Array);
    gatherLabels(train, examples, feed(steps.targets, targets));
    for (const [i, site] of this.#plan.network.sites.entries()) {
      const stacked = feed(steps.noise[i] as Stacked, noise[i] as Float32Array) as Float32Array;
      const size = stacked.length / count;
      for (let k = 0; k < count; k++)
        fillNoise(
          site,
          { seed: this.#plan.seed, step: step + k },
          stacked.subarray(k * size, (k + 1) * size),
        );
    }
    this.#fillScalars(step, count);
    for (const [i, { input }] of steps.scalars.entries())
      feeds[input] = {
        type: 'float32',
        dims: [count],
        data: (scalars[i] as Float32Array).subarray(0, count),
      };
    for (const { name, input, shape } of steps.state) feeds[input] = float32(shape, this.#state[name]);

    const results = await training.run(feeds);
    const losses = (results[steps.loss] as TensorValue).data as Float32Array;
    const bad = losses.findIndex((loss) => !Number.isFinite(loss));
    // A state that follows a bad loss is worthless, so it is not kept.
    if (bad < 0)
      this.#state = Object.fromEntries(
        steps.state.map(({ name, output }) => [name, (results[output] as TensorValue).data as Float32Array]),
      );
    return losses;
  }

  #fillScalars(step: number, count: number): void {
    const { optimizer, schedule } = this.#plan;
    const rule = optimizerRule(optimizer);
    for (let k = 0; k < count; k++) {
      const numbers = rule.scalars(optimizer, learningRate(schedule, step + k), step + k);
      for (const [i, { name }] of this.#compiled.steps.scalars.entries())
        (this.#buffers.scalars[i] as Float32Array)[k] = numbers[name] as number;
    }
  }

  /** The order in which an epoch takes the examples: a pure function of (seed, epoch). */
  #examples(epoch: number): Uint32Array {
    if (this.#order?.epoch !== epoch)
      this.#order = { epoch, examples: permutation(this.#data.train.length, this.#plan.seed, epoch) };
    return this.#order.examples;
  }
}

/** Everything that is fed at each step, allocated once. */
interface Buffers {
  readonly steps: number;
  readonly features: Float32Array;
  readonly targets: Float32Array | Int32Array;
  readonly noise: readonly Float32Array[];
  readonly scalars: readonly Float32Array[];
}

function allocate(program: StepProgram, steps: number, batch: number): Buffers {
  const size = ({ shape }: Stacked) => steps * sizeOf(bindShape(shape, { N: batch }));
  const targets = size(program.targets);
  return {
    steps,
    features: new Float32Array(size(program.features)),
    targets: program.targets.type === 'int32' ? new Int32Array(targets) : new Float32Array(targets),
    noise: noiseArrays(program.noise.map(size)),
    scalars: program.scalars.map(() => new Float32Array(steps)),
  };
}

/** The network's initial parameters and statistics, and optimizer slots of zeros. */
function initialState({ network }: TrainingPlan, { state }: StepProgram): State {
  const tensors = new Map(
    network.graph.initializers.map((tensor) => [tensor.name, tensor.data as Float32Array]),
  );
  return Object.fromEntries(
    state.map(({ name, shape }) => [name, tensors.get(name)?.slice() ?? new Float32Array(sizeOf(shape))]),
  );
}

const float32 = (dims: readonly number[], data: Float32Array | undefined): TensorValue => ({
  type: 'float32',
  dims,
  data: data as Float32Array,
});
