/** @file What a trainer takes and gives. */
import type { Dataset, FeatureArray } from '../data/dataset.js';
import type { Score } from '../measure/classification.js';
import type { Rate } from '../noise/schedule.js';
import type { SetName } from './engine.js';
import type { ThinnedPasses } from './passes.js';
import type { RateChange } from './rates.js';

/** Training examples, the test set that judges, and, where early stopping needs one, a validation set. */
export interface TrainingData {
  readonly train: Dataset;
  readonly test: Dataset;
  readonly validation?: Dataset;
}

/** What is known after an epoch. */
export interface Epoch {
  /** 1 for the first. */
  readonly epoch: number;
  /** Steps taken since the beginning. */
  readonly step: number;
  /** Mean over the epoch's steps of the loss that training saw: through thinned networks, with label smoothing, without the network's penalties. */
  readonly thinnedLoss: number;
  /** By the mean program, on the training set (at most 10,000 of its examples, the same at every epoch). */
  readonly train: Score;
  readonly test: Score;
  readonly validation?: Score;
  /** Seconds spent training and evaluating in this epoch. */
  readonly seconds: number;
  /** Training examples per second, evaluation excluded. */
  readonly examplesPerSecond: number;
}

/** Where training stands within an epoch. */
export interface Progress {
  readonly epoch: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Mean loss of the latest run of steps. */
  readonly loss: number;
  readonly examplesPerSecond: number;
}

/** Keeps one checkpoint. `write` must leave the previous one whole if it is interrupted. */
export interface CheckpointStore {
  read(): Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array): Promise<void>;
}

export interface EarlyStopping {
  /** Stop after this many epochs without an improvement of the validation loss. */
  readonly patience: number;
  /** What counts as an improvement (default 0: any). */
  readonly minDelta?: number;
  /** Go back to the parameters of the best epoch at the end (default true). */
  readonly restoreBest?: boolean;
}

export interface FitOptions {
  /** Train until this many epochs are done in all, those of a resumed checkpoint included. */
  readonly epochs: number;
  readonly signal?: AbortSignal;
  readonly earlyStopping?: EarlyStopping;
  /** Written after every epoch. */
  readonly checkpoints?: CheckpointStore;
  /** Start from the store's checkpoint, if it holds one. */
  readonly resume?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** A network in training. Get one from `createTrainer` of `thinnet/node`. */
export interface Trainer {
  /** Every epoch done so far, those of a resumed checkpoint included. */
  readonly history: readonly Epoch[];
  /**
   * Trains, giving each epoch as it ends; a resumed run gives only the new ones. Aborting ends the iteration by throwing the
   * signal's reason after the current run of steps; the last checkpoint stays. Errors: a loss that is not finite, with its
   * step; unknown options; another fit of this trainer that has not ended (leaving its loop ends it). What is asked of a
   * trainer while it fits (`predict`, `thinned`, `export`, `parameters`) has the parameters after the latest run of steps.
   */
  fit(options: FitOptions): AsyncGenerator<Epoch, void>;
  /** Outputs of the mean program for a set, or for features [N, ...shape of an example]: row-major [N, outputs]. */
  predict(of: SetName | FeatureArray): Promise<Float32Array>;
  /** Outputs of passes of the thinned program for the same, row-major [passes.count, N, outputs]: Monte Carlo dropout. */
  thinned(of: SetName | FeatureArray, passes: ThinnedPasses): Promise<Float32Array>;
  /**
   * Sets a dropout's rate while training runs, from the next step on (of those that are not yet under way). Programs stay as
   * they are, the one for inference too. Errors: a name that no noise site has; a kind whose rate is fixed; a rate out of range.
   */
  setRate(site: string, rate: Rate): Promise<void>;
  /**
   * The steps at which rates changed. The run is its plan and this list: `{ ...plan, rateChanges }` gives it again, bit
   * for bit. Checkpoints keep it.
   */
  rateChanges(): Promise<readonly RateChange[]>;
  /** The mean program with the current parameters: an ONNX file without a trace of dropout. */
  export(): Promise<Uint8Array>;
  /** The current parameters by name. */
  parameters(): Promise<Readonly<Record<string, Float32Array>>>;
  close(): Promise<void>;
}
