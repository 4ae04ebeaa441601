/** @file Gives symbolic axes a length. */
import { ThinnetError } from '../../error.js';
import type { Graph, Shape, ValueInfo } from '../../onnx/model.js';
import { substituteDim } from '../dim.js';
import { mapSubgraphs } from '../subgraph.js';

/**
 * The graph for fixed lengths of some symbols: bindAxes(graph, { N: 128 }) declares x [N, 784] as [128, 784], and an axis
 * N*T as 128*T. Nodes stay as they are.
 *
 * @throws ThinnetError where a length is no whole number
 */
export function bindAxes(graph: Graph, lengths: Readonly<Record<string, number>>): Graph {
  for (const [symbol, length] of Object.entries(lengths))
    if (!Number.isSafeInteger(length) || length < 0)
      throw new ThinnetError(`axis "${symbol}" cannot have length ${length}; give a whole number`);
  return Object.keys(lengths).length === 0 ? graph : bind(graph, lengths);
}

function bind(graph: Graph, lengths: Readonly<Record<string, number>>): Graph {
  const shape = (dims: Shape): Shape => dims.map((dim) => substituteDim(dim, lengths));
  const info = (value: ValueInfo): ValueInfo =>
    value.shape ? { ...value, shape: shape(value.shape) } : value;
  return {
    ...graph,
    inputs: graph.inputs.map(info),
    outputs: graph.outputs.map(info),
    values: graph.values.map(info),
    nodes: graph.nodes.map((node) => mapSubgraphs(node, (inner) => bind(inner, lengths))),
  };
}
