/** @file What stands between parameters and the outputs without a gradient. */
import { namesUsedBy } from '../graph/subgraph.js';
import { typesOf } from '../graph/types.js';
import { isFloating } from '../onnx/element.js';
import type { Graph, Node } from '../onnx/model.js';
import { hasRule } from './table.js';

/**
 * The nodes without a gradient rule on the paths from the named values (parameters, as a rule) to the graph's outputs, in
 * the graph's order: those for which `gradients` would fail. Values whose type is not known count as floating-point.
 */
export function nodesWithoutGradient(graph: Graph, wrt: readonly string[]): readonly Node[] {
  const types = typesOf(graph);
  const active = new Set(wrt);
  for (const node of graph.nodes)
    if (namesUsedBy(node).some((name) => active.has(name)))
      for (const name of node.outputs) if (isFloating(types.get(name)?.type ?? 'float32')) active.add(name);
  const wanted = new Set(graph.outputs.map(({ name }) => name));
  const path: Node[] = [];
  for (const node of [...graph.nodes].reverse()) {
    const used = namesUsedBy(node).filter((name) => active.has(name));
    if (used.length === 0 || !node.outputs.some((name) => wanted.has(name) && active.has(name))) continue;
    for (const name of used) wanted.add(name);
    path.push(node);
  }
  return path.reverse().filter((node) => !hasRule(node));
}
