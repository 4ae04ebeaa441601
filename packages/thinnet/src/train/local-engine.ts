/** @file The engine itself: feeds batches and noise to the compiled programs and keeps the state between runs. */
import type { FeatureArray } from '../data/dataset.js';
import { ThinnetError } from '../error.js';
import { bindShape, sizeOf } from '../graph/shape.js';
import { noiseArrays } from '../noise/kernels/arena.js';
import { fillNoise } from '../noise/kinds.js';
import { permutation } from '../noise/random.js';
import type { Rate } from '../noise/schedule.js';
import type { TensorValue } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { writeModel } from '../onnx/write.js';
import type { LoadOptions, Program, Runtime } from '../runtime/runtime.js';
import { type Examples, gatherFeatures, gatherLabels } from './batch.js';
import { checkPlan } from './check.js';
import type { Engine, SetName, State, TrainRun } from './engine.js';
import { optimizerRule } from './optimizers/table.js';
import type { ThinnedPasses } from './passes.js';
import { defaultStepsPerRun, type TrainingPlan } from './plan.js';
import { Predictor } from './predictor.js';
import { type RateChange, Rates } from './rates.js';
import { learningRate } from './schedule.js';
import { type Stacked, type StepProgram, stepProgram } from './step-program.js';
import type { TrainingData } from './trainer-types.js';

/** Compiles a plan's two programs on a runtime. Errors: a plan that does not fit the data or cannot be trained. */
export async function localEngine(plan: TrainingPlan, data: TrainingData, runtime: Runtime): Promise<Engine> {
  checkPlan(plan, data);
  const steps = stepProgram(plan);
  const options: LoadOptions = plan.threads === undefined ? {} : { threads: plan.threads };
  const opened: { release(): Promise<void> }[] = [];
  try {
    const training = await runtime.load(writeModel(standardModel(steps.graph)), options);
    opened.push(training);
    const predictor = await Predictor.open(plan.network, runtime, options);
    opened.push(predictor);
    return new LocalEngine(plan, data, { steps, training, predictor });
  } catch (error) {
    for (const program of opened) await program.release();
    throw error;
  }
}

interface Compiled {
  readonly steps: StepProgram;
  readonly training: Program;
  readonly predictor: Predictor;
}

class LocalEngine implements Engine {
  readonly #plan: TrainingPlan;
  readonly #data: TrainingData;
  readonly #compiled: Compiled;
  readonly #buffers: Buffers;
  readonly #rates: Rates;
  #state: State;
  #epochStart: State;
  #epochStartStep = 0;
  #order: { readonly epoch: number; readonly examples: Uint32Array } | undefined;

  constructor(plan: TrainingPlan, data: TrainingData, compiled: Compiled) {
    this.#plan = plan;
    this.#data = data;
    this.#compiled = compiled;
    this.#state = initialState(plan, compiled.steps);
    this.#epochStart = this.#state;
    this.#rates = new Rates(plan.network.sites, plan.rateChanges);
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
    if (first === 0) {
      this.#epochStart = this.#state;
      this.#epochStartStep = epoch * perEpoch;
    }
    this.#rates.begin(epoch * perEpoch + first);
    const losses = new Float32Array(count);
    for (let done = 0; done < count; ) {
      const batch = first + done;
      // The short last batch is a run of its own: batches of one run are stacked, so they are equally long.
      const steps = batch < full ? Math.min(count - done, full - batch, this.#buffers.steps) : 1;
      const examples = this.#examples(epoch).subarray(batch * batchSize, (batch + steps) * batchSize);
      losses.set(await this.#run(epoch * perEpoch + batch, steps, examples), done);
      done += steps;
    }
    this.#rates.reach(epoch * perEpoch + first + count);
    return losses;
  }

  async predict(of: SetName | FeatureArray, examples?: Uint32Array): Promise<Float32Array> {
    return this.#compiled.predictor.mean(this.#examplesOf(of), this.#state, examples);
  }

  async thinned(
    of: SetName | FeatureArray,
    passes: ThinnedPasses,
    examples?: Uint32Array,
  ): Promise<Float32Array> {
    return this.#compiled.predictor.thinned(this.#examplesOf(of), this.#state, passes, examples, (site) =>
      this.#rates.next(site),
    );
  }

  async setRate(site: string, rate: Rate): Promise<void> {
    this.#rates.set(site, rate);
  }

  async rateChanges(): Promise<readonly RateChange[]> {
    return this.#rates.changes;
  }

  async setRateChanges(changes: readonly RateChange[], step: number): Promise<void> {
    this.#rates.restore(changes, step);
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
    this.#rates.rollBack(this.#epochStartStep);
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#compiled.training.release();
    await this.#compiled.predictor.release();
  }

  #examplesOf(of: SetName | FeatureArray): Examples {
    if (typeof of !== 'string') return this.#compiled.predictor.examples(of);
    const dataset = this.#data[of];
    if (dataset === undefined) throw new ThinnetError(`the training data have no ${of} set to predict`);
    return dataset;
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
          this.#rates.at(site, step + k),
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
