/** @file Lets a Gemm multiply by a constant that was multiplied into one of its operands. */

import { float, floatOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { sameShape } from '../shape.js';
import { type Facts, recursively, shapeOf, uniformConstant } from './facts.js';
import { withNodes } from './rewire.js';

/**
 * Gemm(k·A, B) with a constant k, where nothing else reads k·A, becomes Gemm(A, B) with alpha multiplied by k; likewise
 * for B; in subgraphs too. The result differs by rounding: k multiplies the product instead of each element.
 */
export const absorbScales = recursively((graph: Graph, facts: Facts): Graph => {
  const absorbed = new Set<Node>();
  const nodes = graph.nodes.map((node) => {
    if (node.op !== 'Gemm' || !isStandard(node)) return node;
    return [0, 1].reduce((gemm, side) => absorb(gemm, side, facts, absorbed), node);
  });
  return absorbed.size === 0
    ? graph
    : withNodes(
        graph,
        nodes.filter((node) => !absorbed.has(node)),
      );
});

function absorb(gemm: Node, side: number, facts: Facts, absorbed: Set<Node>): Node {
  const operand = gemm.inputs[side] as string;
  const scale = facts.producerOf(operand);
  if (scale?.op !== 'Mul' || !isStandard(scale) || facts.usesOf(operand) !== 1) return gemm;
  const [a, b] = scale.inputs as [string, string];
  const [x, k] =
    uniformConstant(facts, b) !== undefined ? [a, uniformConstant(facts, b)] : [b, uniformConstant(facts, a)];
  const [before, after] = [shapeOf(facts, x), shapeOf(facts, operand)];
  if (k === undefined || !before || !after || !sameShape(before, after)) return gemm;
  absorbed.add(scale);
  const alpha = float(Math.fround(floatOf(gemm, 'alpha', 1) * k));
  return { ...gemm, inputs: gemm.inputs.with(side, x), attributes: { ...gemm.attributes, alpha } };
}
