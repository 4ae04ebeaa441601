/** @file What the main thread and the training worker say to each other. */
import type { SetName, State, TrainRun } from '../../train/engine.js';
import type { TrainingPlan } from '../../train/plan.js';
import type { TrainingData } from '../../train/trainer-types.js';

/** Calls by name: their argument and their result. */
export interface Calls {
  readonly open: {
    readonly argument: { readonly plan: TrainingPlan; readonly data: TrainingData };
    readonly result: undefined;
  };
  readonly train: { readonly argument: TrainRun; readonly result: Float32Array };
  readonly predict: {
    readonly argument: { readonly set: SetName; readonly examples?: Uint32Array };
    readonly result: Float32Array;
  };
  readonly state: { readonly argument: undefined; readonly result: State };
  readonly setState: { readonly argument: State; readonly result: undefined };
  readonly rollback: { readonly argument: undefined; readonly result: undefined };
  readonly close: { readonly argument: undefined; readonly result: undefined };
}

export type CallName = keyof Calls;

export interface Request<K extends CallName = CallName> {
  readonly id: number;
  readonly call: K;
  readonly argument: Calls[K]['argument'];
}

export type Response =
  | { readonly id: number; readonly result: unknown }
  /** `expected` marks a ThinnetError, which the main thread throws again as one. */
  | {
      readonly id: number;
      readonly error: string;
      readonly expected: boolean;
      readonly stack: string | undefined;
    };
