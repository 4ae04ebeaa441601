/** @file Running graphs in the laboratory, and reading values inside them. */
import {
  type Feeds,
  type Graph,
  type Network,
  type Program,
  standardModel,
  type TensorValue,
  writeModel,
} from 'thinnet';
import type { Laboratory } from './laboratory.js';

export type Parameters = Readonly<Record<string, Float32Array>>;

/** Compiles a graph, hands it to `use`, and releases it whatever happens. */
export async function withProgram<T>(
  { runtime, signal }: Laboratory,
  graph: Graph,
  use: (program: Program) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const program = await runtime.load(writeModel(standardModel(graph)));
  try {
    return await use(program);
  } finally {
    await program.release();
  }
}

/** Runs a graph once; gives all its outputs. */
export const runOnce = (
  laboratory: Laboratory,
  graph: Graph,
  feeds: Feeds,
): Promise<Readonly<Record<string, TensorValue>>> =>
  withProgram(laboratory, graph, (program) => program.run(feeds));

/** The same graph, with values from inside it, or inputs such as noise, as further outputs under names of their own. */
export function reading(graph: Graph, names: Readonly<Record<string, string>>): Graph {
  const known = new Map(
    [...graph.inputs, ...graph.values, ...graph.outputs].map((info) => [info.name, info]),
  );
  const read = Object.entries(names).map(([output, value]) => {
    const info = known.get(value);
    if (info === undefined) throw new Error(`graph "${graph.name}" has no value "${value}"`);
    if (known.has(output)) throw new Error(`graph "${graph.name}" has a value "${output}" already`);
    return { output, value, info };
  });
  return {
    ...graph,
    outputs: [...graph.outputs, ...read.map(({ output, info }) => ({ ...info, name: output }))],
    nodes: [
      ...graph.nodes,
      ...read.map(({ output, value }) => ({
        name: `read ${output}`,
        op: 'Identity',
        domain: '',
        inputs: [value],
        outputs: [output],
        attributes: {},
      })),
    ],
  };
}

/** The same network with other parameters. */
export const withParameters = (network: Network, parameters: Parameters): Network => ({
  ...network,
  graph: {
    ...network.graph,
    initializers: network.graph.initializers.map((tensor) => {
      const data = parameters[tensor.name];
      return data === undefined ? tensor : { ...tensor, data };
    }),
  },
});

/** A float32 tensor to feed. */
export const floats = (dims: readonly number[], data: ArrayLike<number>): TensorValue => ({
  type: 'float32',
  dims,
  data: data instanceof Float32Array ? data : Float32Array.from(data),
});

/** The float32 elements of one of a run's results. */
export function numbersOf(results: Readonly<Record<string, TensorValue>>, name: string): Float32Array {
  const data = results[name]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`the program gave no float32 output "${name}"`);
  return data;
}
