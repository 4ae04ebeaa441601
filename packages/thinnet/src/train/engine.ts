/** @file What a trainer drives: something that runs steps and predictions, here or in a worker. */
import type { FeatureArray } from '../data/dataset.js';
import type { Rate } from '../noise/schedule.js';
import type { ThinnedPasses } from './passes.js';
import type { RateChange } from './rates.js';

/** Parameters, optimizer slots and statistics by name. */
export type State = Readonly<Record<string, Float32Array>>;

export type SetName = 'train' | 'test' | 'validation';

/** Consecutive batches of one epoch. */
export interface TrainRun {
  /** 0 for the first epoch. */
  readonly epoch: number;
  /** The first batch's number within the epoch, from 0. */
  readonly first: number;
  readonly count: number;
}

export interface Engine {
  /** Takes `count` steps and gives the loss of each. */
  train(run: TrainRun): Promise<Float32Array>;
  /**
   * Outputs of the mean program for a set, or for some of its examples, or for given features [N, ...shape of an example]:
   * row-major [examples, outputs].
   */
  predict(of: SetName | FeatureArray, examples?: Uint32Array): Promise<Float32Array>;
  /**
   * Outputs of the thinned program, the network with noise, for the same: row-major [passes.count, examples, outputs].
   * Noise has the rates of the next training step. The passes do not touch the noise of training, nor the state.
   */
  thinned(of: SetName | FeatureArray, passes: ThinnedPasses, examples?: Uint32Array): Promise<Float32Array>;
  /**
   * Sets a dropout's rate from the next step on; the compiled programs stay as they are, the mean program too.
   * Errors: a name that no noise site has; a kind whose rate is fixed; a rate out of range.
   */
  setRate(site: string, rate: Rate): Promise<void>;
  /** What has been set or was planned, in the order of the steps; as `rateChanges` of a plan it gives the same run again. */
  rateChanges(): Promise<readonly RateChange[]>;
  /** Takes over the changes of a run that stands before `step`. */
  setRateChanges(changes: readonly RateChange[], step: number): Promise<void>;
  /** A copy of the state. */
  state(): Promise<State>;
  setState(state: State): Promise<void>;
  /** Goes back to the state before the latest epoch began. Rates that were set since take effect with the next step. */
  rollback(): Promise<void>;
  close(): Promise<void>;
}
