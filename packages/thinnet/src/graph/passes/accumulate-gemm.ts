/** @file Lets a Gemm add what was added to its result. */

import { float } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { sameShape } from '../shape.js';
import { type Facts, recursively, shapeOf, uniformConstant } from './facts.js';
import { withNodes } from './rewire.js';

/**
 * c·M + Gemm(A, B) with a constant scalar c, where nothing else reads the product, becomes Gemm(A, B, M) with beta = c; in
 * subgraphs too. SGD's momentum, c·velocity + gradient, so costs no pass over memory of its own.
 */
export const accumulateGemm = recursively((graph: Graph, facts: Facts): Graph => {
  const gone = new Set<Node>();
  const taken = new Map<string, number>();
  const nodes = graph.nodes.map((node) =>
    node.op === 'Add' && isStandard(node) ? accumulate(node, facts, gone, taken) : node,
  );
  return gone.size === 0
    ? graph
    : withNodes(
        graph,
        nodes.filter((node) => !gone.has(node)),
      );
});

function accumulate(add: Node, facts: Facts, gone: Set<Node>, taken: Map<string, number>): Node {
  for (const [product, addend] of [add.inputs, add.inputs.toReversed()] as [string, string][]) {
    const gemm = facts.producerOf(product);
    const scaled = scaledBy(addend, facts);
    if (gemm?.op !== 'Gemm' || !isStandard(gemm) || gemm.inputs[2] || facts.usesOf(product) !== 1 || !scaled)
      continue;
    const [whole, sum, m] = [product, add.outputs[0] as string, scaled.value].map((name) =>
      shapeOf(facts, name),
    );
    if (!whole || !sum || !m || m.length > 2 || !sameShape(whole, sum)) continue;
    taken.set(addend, (taken.get(addend) ?? 0) + 1);
    const scale = taken.get(addend) === facts.usesOf(addend) ? facts.producerOf(addend) : undefined;
    gone.add(gemm);
    if (scale) gone.add(scale);
    const inputs = [gemm.inputs[0] as string, gemm.inputs[1] as string, scaled.value];
    return {
      ...gemm,
      name: add.name,
      inputs,
      outputs: add.outputs,
      attributes: { ...gemm.attributes, beta: float(scaled.by) },
    };
  }
  return add;
}

/** c and M of c·M. */
function scaledBy(name: string, facts: Facts): { readonly by: number; readonly value: string } | undefined {
  const scale = facts.producerOf(name);
  if (scale?.op !== 'Mul' || !isStandard(scale)) return undefined;
  for (const [factor, value] of [scale.inputs, scale.inputs.toReversed()] as [string, string][]) {
    const by = facts.typeOf(factor)?.shape?.length === 0 ? uniformConstant(facts, factor) : undefined;
    if (by !== undefined) return { by, value };
  }
  return undefined;
}
