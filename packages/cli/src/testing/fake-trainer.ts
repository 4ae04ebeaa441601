/** @file A trainer that trains nothing: a pure function of plan and data with the shape of learning, for quick tests. */
import type {
  CheckpointStore,
  Dataset,
  Epoch,
  FitOptions,
  Split,
  Trainer,
  TrainingData,
  TrainingPlan,
} from 'thinnet';
import { ThinnetError } from 'thinnet';

export interface FakeOptions {
  /** Called when a trainer is made. */
  readonly onCreate?: (plan: TrainingPlan) => void;
  /** Called before each epoch; may abort, throw, or let the epoch wait. */
  readonly beforeEpoch?: (plan: TrainingPlan, epoch: number) => void | Promise<void>;
  /** Called after a checkpoint is written and before its epoch is given out. */
  readonly afterCheckpoint?: (plan: TrainingPlan, epoch: number) => void;
}

/** A number in [0, 1) from integers. */
export function hash(...parts: readonly number[]): number {
  let state = 2166136261;
  for (const part of parts) {
    state = Math.imul(state ^ part, 16777619);
    state = Math.imul(state ^ (state >>> 13), 0x5bd1e995);
  }
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}

/** Twenty training and forty test examples of two features and three classes. */
export function fakeSplit(train = 20, test = 40): Split {
  const set = (name: string, length: number): Dataset => ({
    name,
    length,
    shape: [2],
    features: Float32Array.from({ length: 2 * length }, (_, i) => 3 * hash(length, i)),
    labels: Int32Array.from({ length }, (_, i) => i % 3),
    classes: 3,
  });
  return { train: set('fake', train), test: set('fake test', test) };
}

/** As `fakeSplit`, of byte images of this shape. */
export function fakeImages(shape: readonly number[]): Split {
  const size = shape.reduce((product, length) => product * length, 1);
  const asImages = (set: Dataset): Dataset => ({
    ...set,
    shape,
    features: Uint8Array.from({ length: set.length * size }, (_, i) => 256 * hash(set.length, i)),
  });
  const { train, test } = fakeSplit();
  return { train: asImages(train), test: asImages(test) };
}

/** Gives trainers whose networks with dropout overfit less. */
export function fakeTrainers(
  options: FakeOptions = {},
): (plan: TrainingPlan, data: TrainingData) => Promise<Trainer> {
  return (plan, data) => {
    options.onCreate?.(plan);
    return Promise.resolve(new FakeTrainer(plan, data, options));
  };
}

class FakeTrainer implements Trainer {
  history: Epoch[] = [];
  readonly #plan: TrainingPlan;
  readonly #data: TrainingData;
  readonly #options: FakeOptions;

  constructor(plan: TrainingPlan, data: TrainingData, options: FakeOptions) {
    this.#plan = plan;
    this.#data = data;
    this.#options = options;
  }

  async *fit({ epochs, signal, checkpoints, resume, onProgress }: FitOptions): AsyncGenerator<Epoch, void> {
    if (resume && checkpoints) this.history = await restore(checkpoints);
    const stepsPerEpoch = Math.ceil(this.#data.train.length / this.#plan.batchSize);
    for (let number = this.history.length + 1; number <= epochs; number++) {
      await this.#options.beforeEpoch?.(this.#plan, number);
      const epoch = this.#epoch(number, stepsPerEpoch);
      const { step, thinnedLoss: loss, examplesPerSecond } = epoch;
      onProgress?.({ epoch: number, step, stepsPerEpoch, loss, examplesPerSecond });
      signal?.throwIfAborted();
      this.history.push(epoch);
      await checkpoints?.write(Buffer.from(JSON.stringify(this.history)));
      this.#options.afterCheckpoint?.(this.#plan, number);
      yield epoch;
    }
  }

  predict(set: 'train' | 'test' | 'validation'): Promise<Float32Array> {
    const dataset = this.#data[set];
    if (!dataset) throw new ThinnetError(`the training data have no ${set} set`);
    const sites = this.#plan.network.sites.length;
    const sharpness = set === 'train' ? 6 : 2 + Math.min(sites, 3) / 3;
    return Promise.resolve(
      Float32Array.from({ length: dataset.length * dataset.classes }, (_, i) => {
        const example = Math.floor(i / dataset.classes);
        const isLabel = i % dataset.classes === dataset.labels[example];
        return (isLabel ? sharpness : 0) + 3 * hash(this.#plan.seed, sites, i);
      }),
    );
  }

  /** The command asks for neither noise nor other rates. */
  thinned(): Promise<never> {
    return Promise.reject(new Error('a fake trainer has no noise'));
  }

  setRate(): Promise<never> {
    return Promise.reject(new Error('a fake trainer has no rates'));
  }

  rateChanges(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  export(): Promise<Uint8Array> {
    return Promise.resolve(Uint8Array.of(1, 2, 3));
  }

  parameters(): Promise<Readonly<Record<string, Float32Array>>> {
    return Promise.resolve({});
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #epoch(epoch: number, stepsPerEpoch: number): Epoch {
    const { seed, network } = this.#plan;
    const regularised = network.sites.length > 0 ? 1 : 0;
    const noise = (k: number) => hash(seed, regularised, epoch, k) - 0.5;
    const decay = Math.exp(-epoch / 6);
    const train = 1.8 * decay + (regularised ? 0.05 : 0.003) + 0.01 * noise(1) * decay;
    const test = 1.6 * decay + (regularised ? 0.17 : 0.22 + 0.002 * epoch) + 0.02 * noise(2);
    return {
      epoch,
      step: epoch * stepsPerEpoch,
      thinnedLoss: train * 1.5,
      train: { loss: Math.max(1e-4, train), error: Math.max(0, 0.25 * train) },
      test: { loss: test, error: 0.02 + 0.12 * test + 0.004 * noise(3) },
      seconds: 0.5,
      examplesPerSecond: 20_000 + 1000 * noise(4),
    };
  }
}

async function restore(checkpoints: CheckpointStore): Promise<Epoch[]> {
  const bytes = await checkpoints.read();
  if (bytes === undefined) return [];
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Epoch[];
  } catch {
    throw new ThinnetError('the checkpoint is corrupt');
  }
}
