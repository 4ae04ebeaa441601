/** @file Everything that defines a training run, as plain data that crosses to a worker and into a checkpoint. */
import type { Network } from '../nn/network.js';
import type { Loss } from './loss.js';
import type { Optimizer } from './optimizer.js';
import type { RateChange } from './rates.js';
import type { Schedule } from './schedule.js';

export interface TrainingPlan {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  /** Upper bound on the L2 norm of each unit's incoming weights, applied after every update (Srivastava et al. 2014, section 5.1). */
  readonly maxNorm?: number;
  /** Upper bound on the global L2 norm of all gradients (Pascanu et al. 2013, algorithm 1). */
  readonly clipNorm?: number;
  /** Dropout rates that change at given steps: what `setRate` did in another run, or a schedule with jumps. */
  readonly rateChanges?: readonly RateChange[];
  /** Examples a step; the last batch of an epoch may be shorter. */
  readonly batchSize: number;
  /** Seed of masks and of the order of examples, 0 to 2^53 − 1. */
  readonly seed: number;
  /** Steps inside one run of the compiled program (default `defaultStepsPerRun`). It does not change the result, only speed and memory. */
  readonly stepsPerRun?: number;
  /** Threads of ONNX Runtime; all cores unless given. */
  readonly threads?: number;
}

/** Enough to make the hand-over of the state cheap; more costs memory for the stacked batches and noise. */
export const defaultStepsPerRun = 16;
