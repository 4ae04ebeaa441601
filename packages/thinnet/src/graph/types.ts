/** @file Types and shapes of every value of a finished graph, as far as they can be known. */
import { ThinnetError } from '../error.js';
import type { DataType, Dim, Graph, Node, Shape, TensorValue, ValueInfo } from '../onnx/model.js';
import { integerElements } from './infer/sources.js';
import { type Inferred, inferNode } from './infer.js';
import { constantValue, tensorOfElements } from './typed.js';

/** Type of a value, its shape where known, and its elements where it is a small integer tensor. */
export interface ValueType {
  readonly type: DataType;
  readonly shape?: Shape | undefined;
  readonly elements?: readonly Dim[] | undefined;
}

/**
 * Infers what it can and otherwise believes what the graph says of itself; unlike the builder it is lenient, so that it
 * also serves graphs with operators that have no rule. `outer` gives the values around a subgraph.
 */
export function typesOf(
  graph: Graph,
  outer?: (name: string) => ValueType | undefined,
): Map<string, ValueType> {
  const types = new Map<string, ValueType>();
  const constants = new Map<string, TensorValue>();
  for (const info of graph.inputs)
    types.set(info.name, { type: info.type, shape: withoutBlanks(info.shape) });
  for (const tensor of graph.initializers) {
    types.set(tensor.name, { type: tensor.type, shape: tensor.dims, elements: integerElements(tensor) });
    constants.set(tensor.name, tensor);
  }
  const said = new Map([...graph.values, ...graph.outputs].map((info) => [info.name, info]));
  const find = (name: string) => types.get(name) ?? outer?.(name);
  for (const node of graph.nodes) {
    const hints = node.outputs.map((name) => hintOf(said.get(name)));
    const inferred = tryInfer(node, find, constants, hints);
    const constant = constantValue(node);
    for (const [i, name] of node.outputs.entries()) {
      if (name === '') continue;
      const known = inferred?.[i] ?? hints[i];
      if (known) types.set(name, known);
      if (constant) constants.set(name, constant);
    }
  }
  return types;
}

const hintOf = (info: ValueInfo | undefined): ValueType | undefined =>
  info && { type: info.type, shape: withoutBlanks(info.shape) };

const withoutBlanks = (shape: Shape | undefined): Shape | undefined =>
  shape?.includes('') ? undefined : shape;

function tryInfer(
  node: Node,
  find: (name: string) => ValueType | undefined,
  constants: ReadonlyMap<string, TensorValue>,
  hints: readonly (ValueType | undefined)[],
): readonly Inferred[] | undefined {
  const inputs = [];
  for (const name of node.inputs) {
    const known = name === '' ? undefined : find(name);
    if (name !== '' && !known?.shape) return undefined;
    inputs.push(known?.shape && { name, type: known.type, shape: known.shape });
  }
  try {
    return inferNode(
      {
        node,
        inputs,
        elementsOf: ({ name }) => find(name)?.elements,
        constantOf: ({ name, type, shape }) => {
          const elements = find(name)?.elements;
          return constants.get(name) ?? (elements && tensorOfElements(type, shape, elements));
        },
      },
      { hints },
    );
  } catch (error) {
    if (error instanceof ThinnetError) return undefined;
    throw error;
  }
}
