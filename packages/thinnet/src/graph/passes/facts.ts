/** @file What passes ask of a graph: types, constants, producers, uses. */
import { isFloating } from '../../onnx/element.js';
import type { Graph, Node, Shape, TensorValue } from '../../onnx/model.js';
import { checkOptions, type KeysOf } from '../../options/check.js';
import { mapSubgraphs, namesUsedBy } from '../subgraph.js';
import { constantValue } from '../typed.js';
import { typesOf, type ValueType } from '../types.js';

export interface PassOptions {
  /**
   * Names of the initializers that may get other values later (trained parameters); passes never compute with their
   * present values. Unless given: all floating-point initializers of rank 1 and above.
   */
  readonly parameters?: ReadonlySet<string>;
}

const keys: KeysOf<PassOptions> = { parameters: true };

export interface Facts {
  typeOf(name: string): ValueType | undefined;
  /** The elements of a value that will never change: a constant, not a parameter. */
  constantOf(name: string): TensorValue | undefined;
  /** The node of this very graph that computes a value. */
  producerOf(name: string): Node | undefined;
  /** How many times nodes, subgraphs and graph outputs read a value. */
  usesOf(name: string): number;
  isOutput(name: string): boolean;
}

/**
 * What a graph says, found out when it is first asked: most passes ask little, and none infers types where nobody needs
 * them. `outer` are the facts of the graph around a subgraph.
 */
export function factsOf(graph: Graph, options: PassOptions = {}, outer?: Facts): Facts {
  checkOptions('pass', options, keys);
  const types = once(() => typesOf(graph, outer && ((name) => outer.typeOf(name))));
  const constants = once(() => constantsOf(graph, options));
  const producers = once(
    () => new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const))),
  );
  const uses = once(() => usesIn(graph));
  const outputs = once(() => new Set(graph.outputs.map((info) => info.name)));
  return {
    typeOf: (name) => types().get(name) ?? outer?.typeOf(name),
    constantOf: (name) => (constants().has(name) ? constants().get(name) : outer?.constantOf(name)),
    producerOf: (name) => producers().get(name),
    usesOf: (name) => uses().get(name) ?? 0,
    isOutput: (name) => outputs().has(name),
  };
}

/** A function that computes at its first call alone. */
function once<T extends object>(compute: () => T): () => T {
  let result: T | undefined;
  return () => {
    result ??= compute();
    return result;
  };
}

/** Every value of the graph itself; undefined for those that are no constants. */
function constantsOf(
  graph: Graph,
  { parameters }: PassOptions,
): ReadonlyMap<string, TensorValue | undefined> {
  const constants = new Map<string, TensorValue | undefined>(
    graph.inputs.map((info) => [info.name, undefined]),
  );
  const isParameter = ({ type, dims }: TensorValue, name: string) =>
    parameters?.has(name) ?? (dims.length > 0 && isFloating(type));
  for (const tensor of graph.initializers)
    if (!constants.has(tensor.name))
      constants.set(tensor.name, isParameter(tensor, tensor.name) ? undefined : tensor);
  for (const node of graph.nodes) for (const name of node.outputs) constants.set(name, constantValue(node));
  return constants;
}

function usesIn(graph: Graph): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const use = (name: string) => uses.set(name, (uses.get(name) ?? 0) + 1);
  for (const node of graph.nodes) for (const name of namesUsedBy(node)) use(name);
  for (const { name } of graph.outputs) use(name);
  return uses;
}

/** The shape of a value, where known. */
export const shapeOf = (facts: Facts, name: string): Shape | undefined => facts.typeOf(name)?.shape;

/** The number that all elements of a constant equal; undefined for other values. */
export function uniformConstant(facts: Facts, name: string | undefined): number | undefined {
  const data = name === undefined || name === '' ? undefined : facts.constantOf(name)?.data;
  if (data === undefined || data.length === 0 || data.length > 4096 || typeof data[0] === 'string')
    return undefined;
  const first = data[0];
  return (data as Float32Array).every((x) => Object.is(x, first)) ? Number(first) : undefined;
}

/** A pass over a graph and, innermost first, over the subgraphs in it. A graph that did not change is returned itself. */
export function recursively(
  pass: (graph: Graph, facts: Facts) => Graph,
): (graph: Graph, options?: PassOptions) => Graph {
  const run = (graph: Graph, options: PassOptions | undefined, outer: Facts | undefined): Graph => {
    const facts = factsOf(graph, options, outer);
    const nodes = graph.nodes.map((node) => mapSubgraphs(node, (inner) => run(inner, options, facts)));
    if (nodes.every((node, i) => node === graph.nodes[i])) return pass(graph, facts);
    const changed = { ...graph, nodes };
    return pass(changed, factsOf(changed, options, outer));
  };
  return (graph, options) => run(graph, options, undefined);
}
