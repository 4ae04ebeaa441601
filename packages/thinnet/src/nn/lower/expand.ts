/** @file Writes nodes of a graph out as several others. */

import { GraphBuilder } from '../../graph/builder.js';
import { freshNames } from '../../graph/names.js';
import { factsOf } from '../../graph/passes/facts.js';
import { withNodes } from '../../graph/passes/rewire.js';
import { renameNode } from '../../graph/subgraph.js';
import type { Value } from '../../graph/value.js';
import type { Graph, Node, Tensor, ValueInfo } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';

/**
 * Writes what a node computes with other operators and gives its outputs; undefined where it cannot, and the node stays. An
 * output that has no name in the node may be left out.
 */
export type Expansion = (
  b: GraphBuilder,
  node: Node,
  inputs: readonly (Value | undefined)[],
) => readonly (Value | undefined)[] | undefined;

/** The graph with the nodes of some operators (of the standard domain) written out; subgraphs stay as they are. */
export function expandNodes(graph: Graph, expansions: Readonly<Record<string, Expansion>>): Graph {
  const isMeant = (node: Node) => isStandard(node) && Object.hasOwn(expansions, node.op);
  if (!graph.nodes.some(isMeant)) return graph;
  const facts = factsOf(graph);
  const unique = freshNames(graph);
  const initializers: Tensor[] = [...graph.initializers];
  const values: ValueInfo[] = [...graph.values];
  const nodes = graph.nodes.flatMap((node) => {
    if (!isMeant(node)) return [node];
    const part = new GraphBuilder(node.name);
    const inputs = node.inputs.map((name) => {
      const { type, shape } = (name === '' ? undefined : facts.typeOf(name)) ?? {};
      if (type === undefined || shape === undefined) return undefined;
      return part.find(name) ?? part.input(name, type, shape);
    });
    const known = inputs.every((input, i) => (input === undefined) === (node.inputs[i] === ''));
    const outputs = known ? expansions[node.op]?.(part, node, inputs) : undefined;
    if (outputs === undefined) return [node];
    const names = new Map<string, string>();
    for (const [i, name] of node.outputs.entries())
      if (name !== '') names.set(part.output(outputs[i] as Value).name, name);
    const written = part.build();
    const nameOf = (name: string): string => {
      const given = names.get(name) ?? unique(name);
      names.set(name, given);
      return given;
    };
    for (const { name } of written.inputs) names.set(name, name);
    initializers.push(...written.initializers.map((tensor) => ({ ...tensor, name: nameOf(tensor.name) })));
    values.push(...written.values.map((info) => ({ ...info, name: nameOf(info.name) })));
    return written.nodes.map((inner) => {
      for (const output of inner.outputs) if (output !== '') nameOf(output);
      return { ...renameNode(inner, names), name: names.get(inner.outputs[0] as string) ?? inner.name };
    });
  });
  return withNodes({ ...graph, values }, nodes, initializers);
}
