/** @file Keeps ONNX Runtime's BatchNormalization from writing over its operands. */

import { float, intOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { freshNames } from '../names.js';
import { recursively } from './facts.js';
import { withNodes } from './rewire.js';

/**
 * The graph in which each BatchNormalization in training mode has copies of the running mean and variance to itself: its
 * kernel puts the new ones into the memory of the old, whoever else still reads them (another node, the caller's array, or
 * an initializer of equal content that shares the memory). The copy is a Where with equal
 * branches, which no optimizer takes away as it would an Identity; where several nodes share statistics the conditions
 * differ, or the copies would be taken for one.
 */
export const ownStatistics = recursively((graph: Graph): Graph => {
  if (!graph.nodes.some(writesOver)) return graph;
  const unique = freshNames(graph);
  const taken = new Map<string, number>();
  const nodes = graph.nodes.flatMap((node) => {
    if (!writesOver(node)) return [node];
    const copies: Node[] = [];
    const inputs = node.inputs.map((name, i) => {
      if (i < 3) return name;
      const before = taken.get(name) ?? 0;
      taken.set(name, before + 1);
      const test = unique(`${name}.test`);
      copies.push(...conditionOf(name, test, before, unique));
      const copy = unique(`${name}.copy`);
      copies.push(simple('Where', [test, name, name], copy));
      return copy;
    });
    return [...copies, { ...node, inputs }];
  });
  return withNodes(graph, nodes);
});

/** Computes a condition of a tensor's shape, for each number another one. */
function conditionOf(name: string, test: string, number: number, unique: (stem: string) => string): Node[] {
  if (number === 0) return [simple('IsNaN', [name], test)];
  const constant = unique(`${test}.number`);
  const value = { ...simple('Constant', [], constant), attributes: { value_float: float(number) } };
  return [value, simple('Equal', [name, constant], test)];
}

const writesOver = (node: Node): boolean =>
  node.op === 'BatchNormalization' && isStandard(node) && intOf(node, 'training_mode', 0) === 1;

const simple = (op: string, inputs: readonly string[], output: string): Node => ({
  name: output,
  op,
  domain: '',
  inputs,
  outputs: [output],
  attributes: {},
});
