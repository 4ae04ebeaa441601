/** @file What a recurrent layer repeats at each time step, and what it needs for that. */
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import { int } from '../../onnx/attribute.js';

/** The tensors of a cell; its gates' columns stand side by side. */
export interface CellWeights {
  /** [F, gates · units] */
  readonly inputWeight: Value;
  /** [units, gates · units] */
  readonly recurrentWeight: Value;
  /** [gates · units] */
  readonly bias: Value | undefined;
}

/** h [N, units], then what else the cell carries on. */
export type State = readonly [Value, ...Value[]];

export interface Cell {
  /** What the inputs [T·N, F] of all time steps add to the gates, in one piece or several: [T·N, columns]. */
  readonly project: (rows: Value) => readonly Value[];
  /**
   * The state after a time step. `inputs` is the step's part of what `project` gave; `before` is undefined where the state is
   * 0. `thin` drops units of h where it is about to meet a weight.
   */
  readonly step: (inputs: readonly Value[], before: State | undefined, thin: (h: Value) => Value) => State;
}

/** Writes nodes under names that begin with a layer's. */
export interface Writer {
  /** One node; inputs that are undefined are left out. */
  readonly op: (kind: string, inputs: readonly (Value | undefined)[], stem: string) => Value;
  /** Columns side by side as so many values. */
  readonly split: (x: Value, lengths: readonly number[], stem: string) => Value[];
}

export const writerOf = (b: GraphBuilder, name: string): Writer => ({
  op: (kind, inputs, stem) => {
    const given = inputs.filter((input) => input !== undefined);
    return b.op(kind, given, {}, { name: `${name}.${stem}` });
  },
  split: (x, lengths, stem) =>
    b.ops(
      'Split',
      [x, b.int64(lengths)],
      { axis: int(x.shape.length - 1) },
      { name: `${name}.${stem}`, outputs: lengths.length },
    ),
});

/** The number of a cell's units. */
export const unitsOf = ({ recurrentWeight }: CellWeights): number => recurrentWeight.shape[0] as number;
