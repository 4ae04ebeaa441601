/** @file LSTM, GRU and RNN nodes of imported models, written out time step by time step. */
import type { GraphBuilder } from '../../graph/builder.js';
import { isStatic } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int, intOf, stringOf } from '../../onnx/attribute.js';
import type { Node } from '../../onnx/model.js';
import { type Cell, type CellWeights, type State, type Writer, writerOf } from '../recurrent/cell.js';
import { resetAfterCell, resetBeforeCell } from '../recurrent/gru.js';
import { lstmCell } from '../recurrent/lstm.js';
import { simpleCell } from '../recurrent/simple-rnn.js';
import { stacked, unroll } from '../recurrent/unroll.js';
import type { Expansion } from './expand.js';

/** One direction's weights in the layout of the layers. */
interface Weights {
  readonly inputWeight: Value;
  readonly recurrentWeight: Value;
  /** The biases of x·W and h·R; undefined where the node has none. */
  readonly biases: readonly [Value, Value] | undefined;
}

/** An operator's gates, and what may follow them: the names of its activations in one direction. */
interface Operator {
  /** Where each gate of the layer is among those of the node. */
  readonly gates: readonly number[];
  readonly activations: readonly string[];
  readonly cellOf: (b: GraphBuilder, node: Node, weights: Weights, activation: string) => Cell;
}

/** With the sum of both biases. */
function summed(b: GraphBuilder, { biases, ...weights }: Weights): CellWeights {
  return { ...weights, bias: biases && b.op('Add', biases) };
}

const writer = (b: GraphBuilder, node: Node): Writer => writerOf(b, node.name);

/** ONNX has the gates of LSTM in the order i, o, f, c and those of GRU in the order z, r, h. */
const operators: Readonly<Record<string, Operator>> = {
  LSTM: {
    gates: [0, 2, 3, 1],
    activations: ['Sigmoid,Tanh,Tanh'],
    cellOf: (b, node, weights) => lstmCell(writer(b, node), summed(b, weights)),
  },
  GRU: {
    gates: [1, 0, 2],
    activations: ['Sigmoid,Tanh'],
    cellOf: (b, node, weights) => {
      const after = intOf(node, 'linear_before_reset', 0) === 1;
      if (!after) return resetBeforeCell(writer(b, node), summed(b, weights));
      const { biases: [bias, recurrentBias] = [], ...rest } = weights;
      return resetAfterCell(writer(b, node), { ...rest, bias }, recurrentBias);
    },
  },
  RNN: {
    gates: [0],
    activations: ['Tanh', 'Relu'],
    cellOf: (b, node, weights, activation) => simpleCell(writer(b, node), summed(b, weights), activation),
  },
};

/** Attributes that change what is computed, beyond those that are understood. */
const foreign = ['clip', 'activation_alpha', 'activation_beta'] as const;

/** What a node's directions have in common, or undefined where it is of a form that is not written out. */
function formOf(node: Node, { activations }: Operator, inputs: readonly (Value | undefined)[]) {
  const [x, w, r, , lengths, h, c, peepholes] = inputs;
  const directions = r?.shape[0];
  const { activations: given } = node.attributes;
  const each = given?.type === 'strings' ? given.value.length / Number(directions) : 0;
  const names = Array.from({ length: Number(directions) }, (_, d) =>
    given?.type === 'strings'
      ? given.value.slice(d * each, (d + 1) * each).join()
      : (activations[0] as string),
  );
  const isPlain =
    x?.type === 'float32' &&
    typeof x.shape[0] === 'number' &&
    x.shape[0] > 0 &&
    typeof x.shape[2] === 'number' &&
    w !== undefined &&
    r !== undefined &&
    isStatic([...w.shape, ...r.shape]) &&
    lengths === undefined &&
    peepholes === undefined &&
    (node.op !== 'LSTM' || (h === undefined) === (c === undefined)) &&
    intOf(node, 'layout', 0) === 0 &&
    intOf(node, 'input_forget', 0) === 0 &&
    foreign.every((name) => node.attributes[name] === undefined) &&
    names.every((name) => activations.includes(name));
  return isPlain ? { x, w, r, b: inputs[3], initial: c ? [h, c] : [h], names } : undefined;
}

/**
 * LSTM, GRU and RNN over a fixed number of time steps, in one direction or both, with or without biases and initial states,
 * as the layers `lstm`, `gru` and `simpleRnn` compute them. Left as they are: a symbolic number of time steps, lengths of
 * single sequences, peepholes, other activations than the usual ones, clipping, coupled gates, layout 1.
 */
const expansionOf =
  (operator: Operator): Expansion =>
  (b, node, inputs) => {
    const form = formOf(node, operator, inputs);
    if (form === undefined) return undefined;
    const { names } = form;
    const part = (value: Value | undefined) => value && perDirection(b, value, names.length);
    const [w, r, biases] = [part(form.w), part(form.r), part(form.b)];
    const initial = form.initial.map(part);
    const direction = stringOf(node, 'direction', 'forward');
    const runs = names.map((name, d) => {
      const both = biases && pieces(b, biases[d] as Value, 2);
      const gates = (value: Value) => sorted(b, value, operator.gates);
      const weights: Weights = {
        inputWeight: b.op('Transpose', [gates(w?.[d] as Value)]),
        recurrentWeight: b.op('Transpose', [gates(r?.[d] as Value)]),
        biases: both && [gates(both[0] as Value), gates(both[1] as Value)],
      };
      const state = initial[0] && (initial.map((values) => values?.[d]) as unknown as State);
      const goBackwards = direction === 'reverse' || d === 1;
      const cell = operator.cellOf(b, node, weights, name);
      return unroll(b, node.name, cell, form.x, { goBackwards, initial: state });
    });
    const joined = (axis: number, values: readonly Value[]) =>
      b.op(
        'Concat',
        values.map((value) => b.op('Unsqueeze', [value, b.int64([axis])])),
        { axis: int(axis) },
      );
    const wanted = (output: number, write: () => Value) => (node.outputs[output] ? write() : undefined);
    return [
      wanted(0, () =>
        joined(
          1,
          runs.map(({ states }) => stacked(b, node.name, states)),
        ),
      ),
      wanted(1, () =>
        joined(
          0,
          runs.map(({ last }) => last[0]),
        ),
      ),
      wanted(2, () =>
        joined(
          0,
          runs.map(({ last }) => last[1] as Value),
        ),
      ),
    ];
  };

/** Equal pieces along the first axis. */
const pieces = (b: GraphBuilder, x: Value, count: number): Value[] =>
  count === 1 ? [x] : b.ops('Split', [x], { axis: int(0), num_outputs: int(count) }, { outputs: count });

/** [directions, …] as so many […]. */
function perDirection(b: GraphBuilder, x: Value, directions: number): Value[] {
  return pieces(b, x, directions).map((part) => b.op('Squeeze', [part, b.int64([0])]));
}

/** The gates along the first axis in another order. */
function sorted(b: GraphBuilder, x: Value, order: readonly number[]): Value {
  if (order.length === 1) return x;
  const gates = pieces(b, x, order.length);
  return b.op(
    'Concat',
    order.map((gate) => gates[gate]),
    { axis: int(0) },
  );
}

export const recurrentExpansions: Readonly<Record<string, Expansion>> = Object.fromEntries(
  Object.entries(operators).map(([op, operator]) => [op, expansionOf(operator)]),
);
