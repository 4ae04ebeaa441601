/** @file Removes nodes that do nothing. */

import { intsOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { sameShape } from '../shape.js';
import { type Facts, recursively, shapeOf, uniformConstant } from './facts.js';
import { canReplace, rewire } from './rewire.js';

/** The input that the node's first output equals if shapes and types agree too; undefined where it computes something. */
type NoOp = (node: Node, facts: Facts) => string | undefined;

const first: NoOp = (node) => node.inputs[0];

/** The other operand where one is uniformly `neutral`; the second only, for operators that do not commute. */
const neutral =
  (value: number, commutes: boolean): NoOp =>
  ({ inputs: [a, b] }, facts) => {
    if (uniformConstant(facts, b) === value) return a;
    return commutes && uniformConstant(facts, a) === value ? b : undefined;
  };

const onlyInput: NoOp = (node) =>
  node.inputs.filter((name) => name !== '').length === 1 ? node.inputs[0] : undefined;

const zeros: NoOp = (node, facts) => {
  const pads = intsOf(node, 'pads');
  const none = pads ? pads.every((x) => x === 0) : uniformConstant(facts, node.inputs[1]) === 0;
  return none ? node.inputs[0] : undefined;
};

const permutation = (node: Node, facts: Facts): readonly number[] | undefined =>
  intsOf(node, 'perm') ?? shapeOf(facts, node.inputs[0] as string)?.map((_, i, { length }) => length - 1 - i);

/** A transposition that changes nothing, by itself or after the one before it. */
const transpose: NoOp = (node, facts) => {
  const order = permutation(node, facts);
  if (order?.every((axis, i) => axis === i)) return node.inputs[0];
  const before = facts.producerOf(node.inputs[0] as string);
  if (before?.op !== 'Transpose' || !isStandard(before)) return undefined;
  const earlier = permutation(before, facts);
  return earlier && order?.every((axis, i) => earlier[axis] === i) ? before.inputs[0] : undefined;
};

const noOps: Readonly<Record<string, NoOp>> = {
  Identity: first,
  Cast: first,
  CastLike: first,
  Reshape: first,
  Flatten: first,
  Expand: first,
  Squeeze: first,
  Unsqueeze: first,
  Tile: first,
  Concat: onlyInput,
  Sum: onlyInput,
  Min: onlyInput,
  Max: onlyInput,
  Mean: onlyInput,
  Clip: (node, facts) => (Object.keys(node.attributes).length === 0 ? onlyInput(node, facts) : undefined),
  Pad: zeros,
  Transpose: transpose,
  Mul: neutral(1, true),
  Div: neutral(1, false),
  Add: neutral(0, true),
  Sub: neutral(0, false),
  Pow: neutral(1, false),
};

/**
 * Removes nodes whose output is one of their inputs: `x·1`, `x/1`, `x + 0`, `x − 0`, `x¹`, Identity, two transpositions
 * that undo each other, Reshape, Expand and Cast to what is there already, …, in subgraphs too. Neither a value nor a
 * shape changes (multiplying by ones that enlarge stays), save that −0 + 0 would be 0 and becomes −0.
 * `x·0` stays: it is NaN where x is not finite.
 */
export const simplify = recursively((graph: Graph, facts: Facts): Graph => {
  const replaced = new Map<string, string>();
  for (const node of graph.nodes) {
    const output = node.outputs[0];
    const by = isStandard(node) ? noOps[node.op]?.(node, facts) : undefined;
    if (output && by && isSame(facts, output, by, node.op === 'Identity') && canReplace(facts, output, by))
      replaced.set(output, by);
  }
  return rewire(graph, replaced);
});

function isSame(facts: Facts, a: string, b: string, certain: boolean): boolean {
  const [x, y] = [facts.typeOf(a), facts.typeOf(b)];
  return (
    certain ||
    (x !== undefined &&
      y !== undefined &&
      x.type === y.type &&
      x.shape !== undefined &&
      y.shape !== undefined &&
      sameShape(x.shape, y.shape))
  );
}
