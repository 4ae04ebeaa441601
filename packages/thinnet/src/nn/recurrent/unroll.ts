/** @file Writes a recurrent cell for one time step after another: plain operators, a copy of the cell for each step. */
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import { int, ints } from '../../onnx/attribute.js';
import type { Cell, State } from './cell.js';

export interface Unrolled {
  /** h after reading each time step, in the order of time. */
  readonly states: readonly Value[];
  /** The state after the time step that was read last. */
  readonly last: State;
}

export interface UnrollOptions {
  /** Read from the last time step to the first. */
  readonly goBackwards: boolean;
  /** The state before the first step that is read; 0 unless given. */
  readonly initial?: State | undefined;
  /** Drops units of h where it meets a weight. */
  readonly thin?: (h: Value) => Value;
}

/** The states of a cell over the sequence x [T, N, F], T fixed and 1 at least. `name` begins the nodes' names. */
export function unroll(
  b: GraphBuilder,
  name: string,
  cell: Cell,
  x: Value,
  options: UnrollOptions,
): Unrolled {
  const { goBackwards, initial, thin = (h) => h } = options;
  const time = x.shape[0] as number;
  const rows = b.op('Reshape', [x, b.int64([-1, x.shape[2] as number])], {}, { name: `${name}.rows` });
  const parts = cell.project(rows).map((part) => eachTime(b, x, part, time));
  const states: Value[] = [];
  let state = initial;
  for (let read = 0; read < time; read++) {
    const t = goBackwards ? time - 1 - read : read;
    const inputs = parts.map((part) => part[t] as Value);
    state = cell.step(inputs, state, thin);
    states[t] = state[0];
  }
  return { states, last: state as State };
}

/** [T·N, columns] as T times [N, columns]. The lengths are computed, as a Split into so many parts refuses an empty batch. */
function eachTime(b: GraphBuilder, x: Value, rows: Value, time: number): Value[] {
  if (time === 1) return [rows];
  const batch = b.op('Shape', [x], { start: int(1), end: int(2) }, { name: `${rows.name}.batch` });
  const lengths = b.op('Expand', [batch, b.int64([time])], {}, { name: `${rows.name}.lengths` });
  const shapes = Array.from({ length: time }, () => [x.shape[1] ?? 'N', rows.shape[1] as number]);
  const options = { name: `${rows.name}.step`, outputs: time, shapes };
  return b.ops('Split', [rows, lengths], { axis: int(0) }, options);
}

/** T times [N, units] as [T, N, units]. */
export function stacked(b: GraphBuilder, name: string, states: readonly Value[]): Value {
  const [batch = 'N', units] = (states[0] as Value).shape;
  const rows = b.op('Concat', states, { axis: int(0) }, { name: `${name}.states` });
  const target = b.int64([states.length, -1, units as number]);
  const shapes = [[states.length, batch, units as number]];
  return b.op('Reshape', [rows, target], {}, { name: `${name}.sequence`, shapes });
}

/** [N, T, …] as [T, N, …], and the other way round. */
export const turned = (b: GraphBuilder, x: Value, name: string): Value =>
  b.op('Transpose', [x], { perm: ints([1, 0, 2]) }, { name });
