/** @file Graphs inside nodes (a Loop's body, an If's branches): what they use of the outside, and renaming it. */
import type { Attribute, Graph, Node } from '../onnx/model.js';

/** A node's subgraphs by attribute name. */
export function subgraphsOf(node: Node): readonly (readonly [string, Graph])[] {
  return Object.entries(node.attributes).flatMap(([name, attribute]) =>
    attribute.type === 'graph' ? [[name, attribute.value] as const] : [],
  );
}

/** The node with each of its subgraphs replaced; the node itself where none changed. */
export function mapSubgraphs(node: Node, change: (graph: Graph) => Graph): Node {
  let attributes: Record<string, Attribute> | undefined;
  for (const [name, graph] of subgraphsOf(node)) {
    const value = change(graph);
    if (value !== graph)
      attributes = { ...(attributes ?? node.attributes), [name]: { type: 'graph', value } };
  }
  return attributes ? { ...node, attributes } : node;
}

/** The names that a graph defines itself: inputs, initializers, outputs of nodes. */
export function localNames(graph: Graph): Set<string> {
  const names = new Set([...graph.inputs, ...graph.initializers].map((x) => x.name));
  for (const node of graph.nodes) for (const name of node.outputs) if (name !== '') names.add(name);
  return names;
}

/** The names that a graph or one of its subgraphs defines. */
export function allNames(graph: Graph): Set<string> {
  const names = localNames(graph);
  for (const node of graph.nodes)
    for (const [, inner] of subgraphsOf(node)) for (const name of allNames(inner)) names.add(name);
  return names;
}

/** The outer values that a graph reads, directly or in its own subgraphs. */
export function outerReferences(graph: Graph): Set<string> {
  const local = localNames(graph);
  const used = [...graph.nodes.flatMap(namesUsedBy), ...graph.outputs.map((info) => info.name)];
  return new Set(used.filter((name) => !local.has(name)));
}

/** Everything a node reads: its inputs, and what its subgraphs take from outside. */
export function namesUsedBy(node: Node): readonly string[] {
  const inner = subgraphsOf(node).flatMap(([, graph]) => [...outerReferences(graph)]);
  return [...node.inputs.filter((name) => name !== ''), ...inner];
}

/**
 * Renames what a node's subgraphs read from outside. A local name that would then capture an outer one, as told by
 * `clashes`, gets a fresh name from `unique`: subgraphs' inputs and outputs are matched by position, so nobody notices.
 */
export function renameSubgraphs(
  node: Node,
  renamed: ReadonlyMap<string, string>,
  clashes: (name: string) => boolean = () => false,
  unique: (stem: string) => string = (stem) => stem,
): Node {
  return mapSubgraphs(node, (graph) => {
    const names = new Map(renamed);
    for (const name of localNames(graph)) {
      names.delete(name);
      if (clashes(name)) names.set(name, unique(name));
    }
    const rename = <T extends { readonly name: string }>(x: T): T =>
      names.has(x.name) ? { ...x, name: names.get(x.name) as string } : x;
    return {
      ...graph,
      inputs: graph.inputs.map(rename),
      outputs: graph.outputs.map(rename),
      initializers: graph.initializers.map(rename),
      values: graph.values.map(rename),
      nodes: graph.nodes.map((inner) => renameNode(inner, names, clashes, unique)),
    };
  });
}

/** A node with the values that it reads and writes renamed, its subgraphs included. */
export function renameNode(
  node: Node,
  names: ReadonlyMap<string, string>,
  clashes?: (name: string) => boolean,
  unique?: (stem: string) => string,
): Node {
  const rename = (name: string) => names.get(name) ?? name;
  return renameSubgraphs(
    { ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) },
    names,
    clashes,
    unique,
  );
}
