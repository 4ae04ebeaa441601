/** @file Keeps ONNX Runtime's BatchNormalization from writing over its operands. */

import { intOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { freshNames } from '../names.js';
import { recursively } from './facts.js';
import { withNodes } from './rewire.js';

/**
 * The graph in which each BatchNormalization in training mode has copies of the running mean and variance to itself: its
 * kernel puts the new ones into the memory of the old, whoever else still reads them (another node, the caller's array, or
 * an initializer of equal content that shares the memory). The copy is a Where with equal
 * branches, which no optimizer takes away as it would an Identity.
 */
export const ownStatistics = recursively((graph: Graph): Graph => {
  if (!graph.nodes.some(writesOver)) return graph;
  const unique = freshNames(graph);
  const nodes = graph.nodes.flatMap((node) => {
    if (!writesOver(node)) return [node];
    const copies: Node[] = [];
    const inputs = node.inputs.map((name, i) => {
      if (i < 3) return name;
      const [test, copy] = [unique(`${name}.isNaN`), unique(`${name}.copy`)];
      copies.push(simple('IsNaN', [name], test), simple('Where', [test, name, name], copy));
      return copy;
    });
    return [...copies, { ...node, inputs }];
  });
  return withNodes(graph, nodes);
});

const writesOver = (node: Node): boolean =>
  node.op === 'BatchNormalization' && node.domain === '' && intOf(node, 'training_mode', 0) === 1;

const simple = (op: string, inputs: readonly string[], output: string): Node => ({
  name: output,
  op,
  domain: '',
  inputs,
  outputs: [output],
  attributes: {},
});
