/** @file Which tensors of an imported graph are trained: a table of the operands that hold learned values. */

import { intOf } from '../onnx/attribute.js';
import type { Graph, Node, Tensor } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';
import type { Parameter } from './network.js';

type Role = Pick<Parameter, 'role' | 'incomingAxes'>;
type Operand = (node: Node, rank: number) => Role;

/** A weight whose unit runs along `unit`: its incoming weights are all other axes. */
const weight =
  (unit: (node: Node, rank: number) => number): Operand =>
  (node, rank) => ({
    role: 'weight',
    incomingAxes: Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== unit(node, rank)),
  });
/** Of every direction of a recurrent operator, [directions, gates · units, in]. */
const gates: Operand = () => ({ role: 'weight', incomingAxes: [2] });
const bias: Operand = () => ({ role: 'bias', incomingAxes: [] });

/** Learned operands by operator and position. Running statistics (BatchNormalization 3 and 4) are not among them. */
const operands: Readonly<Record<string, Readonly<Record<number, Operand>>>> = {
  Gemm: { 1: weight((node) => (intOf(node, 'transB', 0) === 1 ? 0 : 1)), 2: bias },
  MatMul: {
    // A stack of matrices [..., in, out]: the unit's incoming weights are the column alone.
    0: (_, rank) => ({ role: 'weight', incomingAxes: [rank - 1] }),
    1: (_, rank) => ({ role: 'weight', incomingAxes: [Math.max(rank - 2, 0)] }),
  },
  Conv: { 1: weight(() => 0), 2: bias },
  ConvTranspose: { 1: weight(() => 1), 2: bias },
  Gather: { 0: weight(() => 0) },
  BatchNormalization: { 1: bias, 2: bias },
  InstanceNormalization: { 1: bias, 2: bias },
  GroupNormalization: { 1: bias, 2: bias },
  LayerNormalization: { 1: bias, 2: bias },
  RMSNormalization: { 1: bias },
  PRelu: { 1: bias },
  LSTM: { 1: gates, 2: gates, 3: bias },
  GRU: { 1: gates, 2: gates, 3: bias },
  RNN: { 1: gates, 2: gates, 3: bias },
};

/** Operators whose sum with an initializer is a layer's bias, as exporters write it beside MatMul. */
const biased = new Set(['MatMul', 'Conv', 'ConvTranspose']);

/**
 * The trained tensors of an imported graph, in the order of its initializers. An initializer is trained when it is
 * float32, of rank 1 or more, and stands
 * - as the weight or bias of Gemm, MatMul, Conv, ConvTranspose, LSTM, GRU or RNN, the table of a Gather, the scale or
 *   shift of a normalization, or the slope of a PRelu; or
 * - as what an Add adds to the product of a MatMul, Conv or ConvTranspose.
 * Everything else (running statistics, Constant nodes, constants of arithmetic) stays as it is. Scales, shifts and
 * slopes have the role `bias`: they are neither decayed nor norm-bounded.
 */
export function trainableOf(graph: Graph): Parameter[] {
  const producers = new Map(
    graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node.op] as const)),
  );
  const roles = new Map<string, Role>();
  const candidates = new Map(graph.initializers.filter(canTrain).map((tensor) => [tensor.name, tensor]));
  for (const node of graph.nodes)
    for (const [i, name] of node.inputs.entries()) {
      const tensor = candidates.get(name);
      const operand = operandOf(node, i, producers);
      if (tensor && operand && !roles.has(name)) roles.set(name, operand(node, tensor.dims.length));
    }
  return [...candidates.values()].flatMap(({ name, dims }) => {
    const role = roles.get(name);
    return role ? [{ name, shape: dims, ...role }] : [];
  });
}

const canTrain = ({ type, dims }: Tensor): boolean => type === 'float32' && dims.length >= 1;

function operandOf(node: Node, index: number, producers: ReadonlyMap<string, string>): Operand | undefined {
  if (!isStandard(node)) return undefined;
  if (node.op !== 'Add') return Object.hasOwn(operands, node.op) ? operands[node.op]?.[index] : undefined;
  const other = node.inputs[1 - index];
  return other !== undefined && biased.has(producers.get(other) ?? '') ? bias : undefined;
}
