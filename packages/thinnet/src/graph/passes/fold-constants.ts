/** @file Computes ahead what depends on constants only. */

import type { Graph, Node, Tensor, TensorValue } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { isStatic, sizeOf } from '../shape.js';
import { evaluate } from './evaluate.js';
import { type Facts, recursively } from './facts.js';
import { withNodes } from './rewire.js';

/** Results of more elements than this are left to be computed. */
const largest = 1024;

/**
 * Replaces nodes whose inputs are all constants by their value: elementwise arithmetic, Shape of a static shape, Cast,
 * Reshape and its kin, Concat and Gather of vectors; in subgraphs too. Results are bit for bit those of the nodes.
 * Parameters are no constants (`PassOptions`). Nodes that compute graph outputs stay.
 */
export const foldConstants = recursively((graph: Graph, facts: Facts): Graph => {
  const folded = new Map<string, TensorValue>();
  const constant = (name: string) => folded.get(name) ?? facts.constantOf(name);
  const tensors: Tensor[] = [];
  const nodes = graph.nodes.filter((node) => {
    const value = foldNode(node, facts, constant);
    if (value === undefined) return true;
    const name = node.outputs[0] as string;
    folded.set(name, value);
    tensors.push({ ...value, name });
    return false;
  });
  return tensors.length === 0 ? graph : withNodes(graph, nodes, [...graph.initializers, ...tensors]);
});

function foldNode(
  node: Node,
  facts: Facts,
  constant: (name: string) => TensorValue | undefined,
): TensorValue | undefined {
  const [name] = node.outputs;
  if (name === undefined || node.outputs.length !== 1 || !isStandard(node) || facts.isOutput(name))
    return undefined;
  const output = facts.typeOf(name);
  if (!output?.shape || !isStatic(output.shape) || sizeOf(output.shape) > largest) return undefined;
  const inputs = node.inputs.map((input) => (input === '' ? undefined : constant(input)));
  if (inputs.some((input) => input !== undefined && input.data.length > largest)) return undefined;
  return evaluate(node, inputs, output);
}
