/** @file Graphs in double precision, so that gradients and finite differences can be compared closely. */
import { type Graph, prune, type TensorValue, type ValueInfo } from 'thinnet';

/** The same graph with float64 in place of float32 everywhere. Its nodes name no types of their own. */
export const inDouble = (graph: Graph): Graph => ({
  ...graph,
  inputs: graph.inputs.map(doubled),
  outputs: graph.outputs.map(doubled),
  values: graph.values.map(doubled),
  initializers: graph.initializers.map((tensor) =>
    tensor.type === 'float32'
      ? { ...tensor, type: 'float64', data: Float64Array.from(tensor.data as Float32Array) }
      : tensor,
  ),
});

const doubled = (info: ValueInfo): ValueInfo =>
  info.type === 'float32' ? { ...info, type: 'float64' } : info;

/** The part of a graph behind one of its values, which becomes an input. */
export function behind(graph: Graph, value: string): Graph {
  const info = graph.values.find(({ name }) => name === value);
  if (info === undefined) throw new Error(`graph "${graph.name}" has no inner value "${value}"`);
  const nodes = graph.nodes.filter(({ outputs }) => !outputs.includes(value));
  const pruned = prune({ ...graph, inputs: [...graph.inputs, info], nodes });
  return { ...pruned, inputs: pruned.inputs.filter(({ name }) => name !== 'x') };
}

/** A float64 tensor to feed. */
export const doubles = (dims: readonly number[], data: ArrayLike<number>): TensorValue => ({
  type: 'float64',
  dims,
  data: Float64Array.from(data),
});

/** The float64 elements of one of a run's results. */
export function doublesOf(results: Readonly<Record<string, TensorValue>>, name: string): Float64Array {
  const data = results[name]?.data;
  if (!(data instanceof Float64Array)) throw new Error(`the program gave no float64 output "${name}"`);
  return data;
}
