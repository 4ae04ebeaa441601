/** @file Replacing values by other values, which is how passes remove nodes. */
import type { Graph, Node, Tensor } from '../../onnx/model.js';
import { renameNode } from '../subgraph.js';
import type { Facts } from './facts.js';

/**
 * Whether every use of `name` can be served by `by`: a graph output must be computed by a node of its graph and by one
 * name only, so an output cannot become an input, an initializer, an outer value or another output.
 */
export const canReplace = (facts: Facts, name: string, by: string): boolean =>
  !facts.isOutput(name) || (facts.producerOf(by) !== undefined && !facts.isOutput(by));

/**
 * The graph in which uses of each key are uses of its value, inside subgraphs too; nodes all of whose outputs are
 * replaced are gone. Graph outputs keep their names: the replacing value takes the name, or an Identity copies it.
 */
export function rewire(graph: Graph, replaced: ReadonlyMap<string, string>): Graph {
  if (replaced.size === 0) return graph;
  const names = new Map<string, string>();
  for (const name of replaced.keys()) names.set(name, follow(replaced, name));
  const outputs = new Set(graph.outputs.map((info) => info.name));
  const produced = new Set(graph.nodes.flatMap((node) => node.outputs));
  const copies = new Map<string, string>();
  const renames = new Map<string, string>();
  for (const output of outputs) {
    const by = names.get(output);
    if (by === undefined) continue;
    if (produced.has(by) && !outputs.has(by) && !renames.has(by)) renames.set(by, output);
    else copies.set(output, by);
  }
  for (const [name, by] of names) names.set(name, renames.get(by) ?? by);
  for (const [by, output] of renames) names.set(by, output);
  for (const output of outputs) names.delete(output);
  const nodes = graph.nodes.flatMap((node) => {
    const written = node.outputs.filter((name) => name !== '');
    if (written.length === 0 || !written.every((name) => replaced.has(name)))
      return [renameNode(node, names)];
    return written
      .filter((name) => copies.has(name))
      .map((name) => identity(names.get(copies.get(name) as string) ?? (copies.get(name) as string), name));
  });
  return withNodes(graph, nodes);
}

const identity = (from: string, to: string): Node => ({
  name: to,
  op: 'Identity',
  domain: '',
  inputs: [from],
  outputs: [to],
  attributes: {},
});

function follow(replaced: ReadonlyMap<string, string>, name: string): string {
  let end = name;
  for (let next = replaced.get(end); next !== undefined; next = replaced.get(end)) end = next;
  return end;
}

/** The graph with other nodes, and with what is said of values that nobody computes any more left out. */
export function withNodes(
  graph: Graph,
  nodes: readonly Node[],
  initializers: readonly Tensor[] = graph.initializers,
): Graph {
  const produced = new Set(nodes.flatMap((node) => node.outputs));
  const outputs = new Set(graph.outputs.map((info) => info.name));
  const values = graph.values.filter((info) => produced.has(info.name) && !outputs.has(info.name));
  return { ...graph, nodes, initializers, values };
}
