/** @file Works on the rows that a ScatterND puts among zeros, instead of on the whole. */

import { string } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { freshNames } from '../names.js';
import { sameShape } from '../shape.js';
import { type Facts, recursively, shapeOf, uniformConstant } from './facts.js';
import { prune } from './prune.js';
import { withNodes } from './rewire.js';

/**
 * Where S = ScatterND(zeros, indices, rows), whose indices are distinct, in subgraphs too:
 *
 *     k · S, S · S   with a scalar k  →  ScatterND(zeros, indices, k · rows), likewise rows · rows
 *     x + S          where a node computes x for this sum alone  →  ScatterND(x, indices, rows) that adds
 *
 * The rows of a gradient so reach an optimizer's state without passes over all of it.
 */
export const accumulateRows = recursively((graph: Graph, facts: Facts): Graph => {
  const unique = freshNames(graph);
  const scattered = new Map<string, Node>();
  const nodes: Node[] = [];
  let changed = false;
  for (const node of graph.nodes) {
    const written = isStandard(node)
      ? (multiply(node, facts, scattered, unique) ?? add(node, facts, scattered))
      : undefined;
    changed ||= written !== undefined;
    for (const one of written ?? [node]) {
      nodes.push(one);
      if (isScattered(one, facts)) scattered.set(one.outputs[0] as string, one);
    }
  }
  return changed ? prune(withNodes(graph, nodes)) : graph;
});

/** k · S or S · S, scattered after the multiplication. */
function multiply(
  node: Node,
  facts: Facts,
  scattered: ReadonlyMap<string, Node>,
  unique: (stem: string) => string,
): Node[] | undefined {
  if (node.op !== 'Mul') return undefined;
  const [a, b] = node.inputs as [string, string];
  const scatter = scattered.get(a) ?? scattered.get(b);
  if (!scatter) return undefined;
  const [zeros, indices, rows] = scatter.inputs as [string, string, string];
  const isFactor = (name: string): boolean =>
    name === scatter.outputs[0] || shapeOf(facts, name)?.length === 0;
  if (![a, b].every(isFactor)) return undefined;
  const name = unique(`${node.name}.rows`);
  const factors = [a, b].map((operand) => (operand === scatter.outputs[0] ? rows : operand));
  return [
    { ...node, name, inputs: factors, outputs: [name] },
    { ...scatter, name: node.name, inputs: [zeros, indices, name], outputs: node.outputs },
  ];
}

/** x + S, added where x is. */
function add(node: Node, facts: Facts, scattered: ReadonlyMap<string, Node>): Node[] | undefined {
  if (node.op !== 'Add') return undefined;
  for (const [name, x] of [node.inputs, node.inputs.toReversed()] as [string, string][]) {
    const scatter = scattered.get(name);
    if (!scatter || facts.usesOf(x) !== 1 || !facts.producerOf(x)) continue;
    const [before, after] = [shapeOf(facts, x), shapeOf(facts, node.outputs[0] as string)];
    if (!before || !after || !sameShape(before, after)) continue;
    const attributes = { reduction: string('add') };
    return [
      { ...scatter, name: node.name, inputs: scatter.inputs.with(0, x), outputs: node.outputs, attributes },
    ];
  }
  return undefined;
}

/** Whether a node puts rows among zeros. */
function isScattered(node: Node, facts: Facts): boolean {
  const { op, inputs, attributes } = node;
  if (op !== 'ScatterND' || !isStandard(node) || attributes.reduction) return false;
  const expand = facts.producerOf(inputs[0] as string);
  const source = expand?.op === 'Expand' && isStandard(expand) ? expand.inputs[0] : inputs[0];
  return uniformConstant(facts, source) === 0;
}
