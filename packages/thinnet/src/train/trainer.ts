/** @file The training loop over an engine: epochs, evaluation, early stopping, checkpoints. */
import type { FeatureArray } from '../data/dataset.js';
import { shown, ThinnetError } from '../error.js';
import type { Score } from '../measure/classification.js';
import { permutation } from '../noise/random.js';
import type { Rate } from '../noise/schedule.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { type Best, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { Engine, SetName } from './engine.js';
import { checkFingerprint, fingerprint } from './fingerprint.js';
import type { ThinnedPasses } from './passes.js';
import { defaultStepsPerRun, type TrainingPlan } from './plan.js';
import { exportModel } from './predict-program.js';
import type { RateChange } from './rates.js';
import { scoreOf } from './score.js';
import type { EarlyStopping, Epoch, FitOptions, Trainer, TrainingData } from './trainer-types.js';

/** The training set is scored on at most this many of its examples, the same at every epoch. */
const trainSample = 10_000;

/** A trainer over an engine that was made for the same plan and data; closing it closes the engine. */
export function trainerOver(engine: Engine, plan: TrainingPlan, data: TrainingData): Trainer {
  return new EngineTrainer(engine, plan, data);
}

class EngineTrainer implements Trainer {
  readonly #engine: Engine;
  readonly #plan: TrainingPlan;
  readonly #data: TrainingData;
  #history: Epoch[] = [];
  #best: Best | undefined;
  #print: Promise<Record<string, string>> | undefined;
  #sample: Uint32Array | undefined;
  #isFitting = false;

  constructor(engine: Engine, plan: TrainingPlan, data: TrainingData) {
    this.#engine = engine;
    this.#plan = plan;
    this.#data = data;
  }

  get history(): readonly Epoch[] {
    return this.#history;
  }

  async *fit(options: FitOptions): AsyncGenerator<Epoch, void> {
    checkFit(options, this.#data);
    if (this.#isFitting)
      throw new ThinnetError(
        'fit: this trainer is in a fit already, and two at once would train one network in turns: wait for its end or leave ' +
          'its loop first (of an iterator without a loop, call return()), or train another trainer',
      );
    this.#isFitting = true;
    try {
      yield* this.#fit(options);
    } finally {
      // Also where the loop over the epochs is left.
      this.#isFitting = false;
    }
  }

  async *#fit(options: FitOptions): AsyncGenerator<Epoch, void> {
    const { signal, checkpoints, earlyStopping } = options;
    signal?.throwIfAborted();
    // What keeps checkpoints from being written is heard before training, not after its first epoch.
    if (checkpoints) await this.#fingerprint();
    if (options.resume && checkpoints) await this.#restore(await checkpoints.read());
    while (this.#history.length < options.epochs && !this.#hasStopped(earlyStopping)) {
      const epoch = await this.#epochOrRollback(options);
      this.#history.push(epoch);
      if (earlyStopping) await this.#remember(epoch, earlyStopping);
      if (checkpoints) await checkpoints.write(await this.#checkpoint());
      yield epoch;
    }
    if (earlyStopping && earlyStopping.restoreBest !== false && this.#best)
      await this.#engine.setState(this.#best.state);
  }

  predict(of: SetName | FeatureArray): Promise<Float32Array> {
    return this.#engine.predict(of);
  }

  thinned(of: SetName | FeatureArray, passes: ThinnedPasses): Promise<Float32Array> {
    return this.#engine.thinned(of, passes);
  }

  setRate(site: string, rate: Rate): Promise<void> {
    return this.#engine.setRate(site, rate);
  }

  rateChanges(): Promise<readonly RateChange[]> {
    return this.#engine.rateChanges();
  }

  async export(): Promise<Uint8Array> {
    return exportModel(this.#plan.network, await this.#engine.state());
  }

  async parameters(): Promise<Readonly<Record<string, Float32Array>>> {
    const state = await this.#engine.state();
    return Object.fromEntries(
      this.#plan.network.parameters.map(({ name }) => [name, state[name] as Float32Array]),
    );
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  /** An epoch that does not end leaves the state as it was before. */
  async #epochOrRollback(options: FitOptions): Promise<Epoch> {
    try {
      return await this.#epoch(options);
    } catch (error) {
      await this.#engine.rollback();
      throw error;
    }
  }

  async #epoch({ signal, onProgress }: FitOptions): Promise<Epoch> {
    const { batchSize } = this.#plan;
    const { length } = this.#data.train;
    const number = this.#history.length;
    const batches = Math.ceil(length / batchSize);
    const began = performance.now();
    let total = 0;
    for (let first = 0; first < batches; ) {
      const count = Math.min(this.#plan.stepsPerRun ?? defaultStepsPerRun, batches - first);
      const before = performance.now();
      const losses = await this.#engine.train({ epoch: number, first, count });
      const examples = Math.min((first + count) * batchSize, length) - first * batchSize;
      checkLosses(losses, number * batches + first, number + 1);
      first += count;
      const sum = losses.reduce((a, b) => a + b, 0);
      total += sum;
      onProgress?.({
        epoch: number + 1,
        step: number * batches + first,
        stepsPerEpoch: batches,
        loss: sum / count,
        examplesPerSecond: (1000 * examples) / (performance.now() - before),
      });
      signal?.throwIfAborted();
    }
    const trained = performance.now();
    const scores = await this.#scores();
    return {
      epoch: number + 1,
      step: (number + 1) * batches,
      thinnedLoss: total / batches,
      ...scores,
      seconds: (performance.now() - began) / 1000,
      examplesPerSecond: (1000 * length) / (trained - began),
    };
  }

  async #scores(): Promise<Pick<Epoch, 'train' | 'test' | 'validation'>> {
    const { validation } = this.#data;
    return {
      train: await this.#score('train', this.#trainSample()),
      test: await this.#score('test'),
      ...(validation ? { validation: await this.#score('validation') } : {}),
    };
  }

  /** The training examples that are scored; undefined for all of them. */
  #trainSample(): Uint32Array | undefined {
    const { length } = this.#data.train;
    if (length <= trainSample) return undefined;
    this.#sample ??= permutation(length, 0, 0).slice(0, trainSample);
    return this.#sample;
  }

  async #score(set: SetName, examples?: Uint32Array): Promise<Score> {
    const dataset = this.#data[set];
    if (!dataset) throw new ThinnetError(`the training data have no ${set} set`);
    return scoreOf(this.#plan.loss, await this.#engine.predict(set, examples), dataset, examples);
  }

  #hasStopped(stopping: EarlyStopping | undefined): boolean {
    return (
      stopping !== undefined &&
      this.#best !== undefined &&
      this.#history.length - this.#best.epoch >= stopping.patience
    );
  }

  async #remember({ epoch, validation }: Epoch, { minDelta = 0 }: EarlyStopping): Promise<void> {
    const loss = validation?.loss as number;
    if (this.#best && loss >= this.#best.loss - minDelta) return;
    this.#best = { epoch, loss, state: await this.#engine.state() };
  }

  async #checkpoint(): Promise<Uint8Array> {
    return writeCheckpoint({
      plan: await this.#fingerprint(),
      history: this.#history,
      state: await this.#engine.state(),
      rateChanges: await this.#engine.rateChanges(),
      ...(this.#best ? { best: this.#best } : {}),
    });
  }

  /** Taken once: neither the plan nor the data change. */
  #fingerprint(): Promise<Record<string, string>> {
    this.#print ??= fingerprint(this.#plan, this.#data);
    return this.#print;
  }

  async #restore(bytes: Uint8Array | undefined): Promise<void> {
    if (bytes === undefined) return;
    const checkpoint = await readCheckpoint(bytes);
    checkFingerprint(checkpoint.plan, await this.#fingerprint());
    await this.#engine.setState(checkpoint.state);
    const step = checkpoint.history.at(-1)?.step ?? 0;
    await this.#engine.setRateChanges(checkpoint.rateChanges, step);
    this.#history = [...checkpoint.history];
    this.#best = checkpoint.best;
  }
}

const fitKeys: KeysOf<FitOptions> = {
  epochs: true,
  signal: true,
  earlyStopping: true,
  checkpoints: true,
  resume: true,
  onProgress: true,
};
const earlyStoppingKeys: KeysOf<EarlyStopping> = { patience: true, minDelta: true, restoreBest: true };

function checkFit(options: FitOptions, { validation }: TrainingData): void {
  checkOptions('fit', options, fitKeys);
  const { epochs, earlyStopping, resume, checkpoints } = options;
  if (!Number.isSafeInteger(epochs) || epochs < 1)
    throw new ThinnetError(`epochs is ${shown(epochs)}; it must be a whole number, at least 1`);
  if (resume && !checkpoints) throw new ThinnetError('resume needs `checkpoints`, the store to resume from');
  if (!earlyStopping) return;
  checkOptions('earlyStopping', earlyStopping, earlyStoppingKeys);
  const { patience, minDelta = 0 } = earlyStopping;
  if (!Number.isSafeInteger(patience) || patience < 1)
    throw new ThinnetError(
      `earlyStopping: patience is ${shown(patience)}; it must be a whole number of epochs, at least 1`,
    );
  if (!(minDelta >= 0))
    throw new ThinnetError(`earlyStopping: minDelta is ${shown(minDelta)}; it must be 0 or more`);
  if (!validation)
    throw new ThinnetError(
      'earlyStopping needs a validation set: stopping by the test set would make its score too good',
    );
}

function checkLosses(losses: Float32Array, firstStep: number, epoch: number): void {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad < 0) return;
  throw new ThinnetError(
    `the loss is ${losses[bad]} at step ${firstStep + bad + 1} (epoch ${epoch}); training has stopped and the last checkpoint is kept: ` +
      'try a lower learning rate, warm-up or gradient clipping, and check the data',
  );
}
