/** @file How values run through a network's graph: what feeds a dropout, and where its output goes. */

import { factsOf } from '../../graph/passes/facts.js';
import { readersOf } from '../../graph/readers.js';
import { namesUsedBy } from '../../graph/subgraph.js';
import type { NoiseSite } from '../../noise/site.js';
import type { Node, Shape } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import type { Network } from '../network.js';
import { products, recurrent } from './operators.js';

/** Where a site's noise comes in. */
export interface Place {
  readonly site: NoiseSite;
  /** The value that is dropped from, and its shape where known. */
  readonly input: string;
  readonly shape: Shape | undefined;
  /** What is left of it. */
  readonly output: string;
}

/** Where a walk ended: at nodes that it may not pass, nearest first, at the graph's features, at its outputs. */
export interface Ends {
  readonly nodes: readonly Node[];
  readonly boundary: boolean;
}

type Passes = (node: Node) => boolean;

export interface Flow {
  /** Undefined for a site that only completes another's, and where the graph has no such place. */
  placeOf(site: NoiseSite): Place | undefined;
  shapeOf(name: string): Shape | undefined;
  /** From a value against the data, as long as nodes may be passed. The boundary is the features. */
  back(from: string, passes: Passes): Ends;
  /** From a value along the data. The boundary is the network's outputs, penalties apart. */
  ahead(from: string, passes: Passes): Ends;
  /** Whether a value becomes the network's output without a layer that has weights in between. */
  isLast(name: string): boolean;
  /** A product with weights, or a recurrent layer: what learns from which units to listen to. */
  isLayer(node: Node): boolean;
  /** Whether a value depends on the features. */
  isData(name: string): boolean;
  /** The operand of a node that depends on the features; the first of several. */
  dataOf(node: Node): string | undefined;
}

export function flowOf({ graph, sites, penalties }: Network): Flow {
  const { producerOf, typeOf } = factsOf(graph);
  const shapeOf = (name: string) => typeOf(name)?.shape;
  const readers = readersOf(graph.nodes);
  const data = new Set(featuresOf(graph, sites));
  for (const node of graph.nodes)
    if (namesUsedBy(node).some((name) => data.has(name))) for (const name of node.outputs) data.add(name);
  const outputs = new Set(graph.outputs.map(({ name }) => name).filter((name) => !penalties.includes(name)));

  const dataOf = (node: Node) => node.inputs.find((name) => data.has(name));
  const isLayer = (node: Node) =>
    isStandard(node) &&
    (recurrent.has(node.op) ||
      (products.has(node.op) && node.inputs.slice(0, 2).some((name) => !data.has(name))));
  const ahead = (from: string, passes: Passes): Ends =>
    walk(
      from,
      (name) => ({ nodes: readers.get(name) ?? [], boundary: outputs.has(name) }),
      passes,
      (node) => node.outputs.filter((name) => name !== ''),
    );

  return {
    shapeOf,
    isData: (name) => data.has(name),
    dataOf,
    isLayer,
    ahead,
    back: (from, passes) =>
      walk(
        from,
        (name) => {
          const node = producerOf(name);
          return { nodes: node ? [node] : [], boundary: node === undefined };
        },
        passes,
        (node) => namesUsedBy(node).filter((name) => data.has(name)),
      ),
    isLast(name) {
      const { nodes, boundary } = ahead(name, (node) => isStandard(node) && !isLayer(node));
      return boundary && nodes.length === 0;
    },
    placeOf(site) {
      if ('part' in site && site.part === 'shift') return undefined;
      if ('mean' in site)
        return { site, input: site.mean.by, shape: shapeOf(site.mean.by), output: site.mean.output };
      const first = readers.get(site.input)?.find(({ op }) => op === 'Mul' || op === 'Gather');
      // Of words, the noise of those that occur is looked up first.
      const noise = first?.op === 'Gather' ? (first.outputs[0] as string) : site.input;
      const node = noise === site.input ? first : readers.get(noise)?.find(({ op }) => op === 'Mul');
      const [input, output] = [node?.inputs.find((name) => name !== noise), node?.outputs[0]];
      return input === undefined || output === undefined
        ? undefined
        : { site, input, shape: shapeOf(input), output };
    },
  };
}

/** Inputs that neither have a default nor take noise. */
function featuresOf(graph: Network['graph'], sites: readonly NoiseSite[]): readonly string[] {
  const others = new Set([...graph.initializers.map(({ name }) => name), ...sites.map(({ input }) => input)]);
  return graph.inputs.map(({ name }) => name).filter((name) => !others.has(name));
}

/** Breadth first, from the nodes next to a value to those next to what `onwards` names. */
function walk(
  from: string,
  next: (name: string) => Ends,
  passes: Passes,
  onwards: (node: Node) => readonly string[],
): Ends {
  const queue = [from];
  const seen = new Set(queue);
  const ends = new Set<Node>();
  let boundary = false;
  for (const name of queue) {
    const { nodes, boundary: isBoundary } = next(name);
    boundary ||= isBoundary;
    for (const node of nodes) {
      if (!passes(node)) {
        ends.add(node);
        continue;
      }
      for (const other of onwards(node))
        if (!seen.has(other)) {
          seen.add(other);
          queue.push(other);
        }
    }
  }
  return { nodes: [...ends], boundary };
}
