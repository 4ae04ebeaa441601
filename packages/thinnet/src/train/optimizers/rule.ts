/** @file What an optimizer contributes to the training step. */
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import type { Optimizer } from '../optimizer.js';

/** One parameter inside the training step. */
export interface Update {
  readonly weight: Value;
  readonly gradient: Value;
  /** One value per slot name, of the weight's shape. */
  readonly slots: Readonly<Record<string, Value>>;
  /** Per-step numbers as scalars of the graph. */
  readonly scalars: Readonly<Record<string, Value>>;
  /** Whether weight decay applies to this parameter. */
  readonly decays: boolean;
}

export interface OptimizerRule<O extends Optimizer> {
  /** Names of the tensors kept per parameter; all start at zero. */
  slots(optimizer: O): readonly string[];
  /** The numbers that change from step to step; they enter the program as data. Steps count from 0. */
  scalars(optimizer: O, lr: number, step: number): Readonly<Record<string, number>>;
  /** Emits the update of one parameter. */
  update(
    b: GraphBuilder,
    optimizer: O,
    parts: Update,
  ): { readonly weight: Value; readonly slots: Readonly<Record<string, Value>> };
}
