/** @file The form of a network in which training computes it: the same function, with less work. */

import { factsOf } from '../graph/passes/facts.js';
import { narrow } from '../graph/passes/narrow.js';
import { rewire } from '../graph/passes/rewire.js';
import { namesUsedBy } from '../graph/subgraph.js';
import type { Network, Parameter } from '../nn/network.js';
import { intsOf } from '../onnx/attribute.js';
import type { Graph, Node, Tensor } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';

/** The batch size from which smaller products outweigh picking the columns of rows: measured, see docs/kinds.md. */
const bothSidesFrom = 64;

export interface TrainingNetwork {
  readonly network: Network;
  /** Names of the parameters that it has transposed. */
  readonly turned: ReadonlySet<string>;
}

/**
 * What training computes in a network's place: products of batchwise dropout from the kept units alone, and matrices that
 * are only read transposed (as those whose columns are picked) transposed once, instead of at every step.
 */
export function trainingNetwork(network: Network, batchSize: number): TrainingNetwork {
  const masks = network.sites.filter(({ kind }) => kind === 'batchwise').map(({ input }) => input);
  const graph = narrow(network.graph, new Set(masks), batchSize < bothSidesFrom ? 'one' : 'both');
  const transposes = readTransposed(graph, network.parameters);
  if (transposes.size === 0) return { network: { ...network, graph }, turned: new Set() };
  const turned = new Set(transposes.values());
  const initializers = graph.initializers.map((tensor) =>
    turned.has(tensor.name) ? transposed(tensor) : tensor,
  );
  const values = graph.values.filter(({ name }) => !turned.has(name));
  return {
    network: {
      ...network,
      graph: rewire({ ...graph, initializers, values }, transposes),
      parameters: network.parameters.map((parameter) =>
        turned.has(parameter.name) ? flipped(parameter) : parameter,
      ),
    },
    turned,
  };
}

/** The parameter behind each transposition, for parameters that nothing else reads. */
function readTransposed(graph: Graph, parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  const facts = factsOf(graph);
  const matrices = new Set(parameters.filter(({ shape }) => shape.length === 2).map(({ name }) => name));
  const isTransposition = (node: Node): boolean =>
    node.op === 'Transpose' &&
    isStandard(node) &&
    !facts.isOutput(node.outputs[0] as string) &&
    String(intsOf(node, 'perm') ?? [1, 0]) === '1,0';
  const transposes = new Map<string, string>();
  for (const node of graph.nodes)
    for (const name of namesUsedBy(node)) {
      if (!matrices.has(name)) continue;
      if (isTransposition(node)) transposes.set(node.outputs[0] as string, name);
      else matrices.delete(name);
    }
  return new Map([...transposes].filter(([, name]) => matrices.has(name) && !facts.isOutput(name)));
}

const flipped = (parameter: Parameter): Parameter => ({
  ...parameter,
  shape: parameter.shape.toReversed(),
  incomingAxes: parameter.incomingAxes.map((axis) => 1 - axis),
});

function transposed({ name, type, dims, data }: Tensor): Tensor {
  const [rows, columns] = dims as [number, number];
  const from = data as Float32Array;
  const to = Float32Array.from(from, (_, i) => from[(i % rows) * columns + Math.floor(i / rows)] as number);
  return { name, type, dims: [columns, rows], data: to };
}
