/** @file Removes what does not contribute to the outputs. */

import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { namesUsedBy } from '../subgraph.js';
import { recursively } from './facts.js';
import { withNodes } from './rewire.js';

/** Optional outputs by operator. Asking MaxPool for its indices costs time even where nobody reads them. */
const optionalOutputs: Readonly<Record<string, readonly number[]>> = {
  Dropout: [1],
  LayerNormalization: [1, 2],
  MaxPool: [1],
};

/** The same outputs from fewer nodes: dead nodes, unread optional outputs and unused initializers go, in subgraphs too. Graph inputs stay. */
export const prune = recursively((graph: Graph): Graph => {
  const live = new Set(graph.outputs.map((info) => info.name));
  const nodes: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => live.has(name))) continue;
    for (const name of namesUsedBy(node)) live.add(name);
    nodes.push(trim(node, live));
  }
  nodes.reverse();
  const inputs = new Set(graph.inputs.map((info) => info.name));
  const initializers = graph.initializers.filter(({ name }) => live.has(name) || inputs.has(name));
  const same = nodes.length === graph.nodes.length && nodes.every((node, i) => node === graph.nodes[i]);
  return same && initializers.length === graph.initializers.length
    ? graph
    : withNodes(graph, nodes, initializers);
});

function trim(node: Node, live: ReadonlySet<string>): Node {
  const optional = isStandard(node) ? optionalOutputs[node.op] : undefined;
  if (!optional?.some((i) => node.outputs[i] && !live.has(node.outputs[i]))) return node;
  const outputs = node.outputs.map((name, i) => (optional.includes(i) && !live.has(name) ? '' : name));
  while (outputs.at(-1) === '') outputs.pop();
  return { ...node, outputs };
}
