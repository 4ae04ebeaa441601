/** @file What a trainer drives: something that runs steps and predictions, here or in a worker. */

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
  /** Outputs of the mean program for a set, or for some of its examples: row-major [examples, outputs]. */
  predict(set: SetName, examples?: Uint32Array): Promise<Float32Array>;
  /** A copy of the state. */
  state(): Promise<State>;
  setState(state: State): Promise<void>;
  /** Goes back to the state before the latest epoch began. */
  rollback(): Promise<void>;
  close(): Promise<void>;
}
