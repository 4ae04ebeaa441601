/** @file What a page or main thread and its training worker say to each other: the calls of an engine, as messages. */
import type { Engine } from '../../train/engine.js';
import type { TrainingPlan } from '../../train/plan.js';
import type { TrainingData } from '../../train/trainer-types.js';

/** Compiles a plan in the worker. `R` are the options of its runtime, `D` what it says of the runtime that it then has. */
export interface Opening<R = unknown, D = unknown> {
  open(plan: TrainingPlan, data: TrainingData, runtime: R): Promise<D>;
}

/** Calls by name. */
export type Calls = Engine & Opening;
export type CallName = keyof Calls;

export interface Request<K extends CallName = CallName> {
  readonly id: number;
  readonly call: K;
  readonly values: Readonly<Parameters<Calls[K]>>;
}

export type Response =
  | { readonly id: number; readonly result: unknown }
  /** `expected` marks a ThinnetError, which is thrown again as one. */
  | {
      readonly id: number;
      readonly error: string;
      readonly expected: boolean;
      readonly stack: string | undefined;
    };
