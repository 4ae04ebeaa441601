/** @file BatchNormalization as it is used, not trained: with its running statistics. */

import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { prune } from './prune.js';
import { withNodes } from './rewire.js';

/**
 * The graph in which every BatchNormalization normalises by its running statistics (its operands 3 and 4) instead of those
 * of the batch. What was computed of the batch's statistics is gone.
 *
 * @param isMeant which of those nodes; all unless given
 * @throws ThinnetError where an output of the graph depends on the statistics of the batch by themselves
 */
export function byRunningStatistics(graph: Graph, isMeant: (node: Node) => boolean = () => true): Graph {
  const isTraining = (node: Node): boolean => normalisesByBatch(node) && isMeant(node);
  if (!graph.nodes.some(isTraining)) return graph;
  const lost = new Set(graph.nodes.filter(isTraining).flatMap(({ outputs }) => outputs.slice(1)));
  const nodes = graph.nodes.flatMap((node) => {
    if (isTraining(node)) return [inferring(node)];
    if (!node.inputs.some((name) => lost.has(name))) return [node];
    for (const name of node.outputs) lost.add(name);
    return [];
  });
  for (const { name } of graph.outputs)
    if (lost.has(name))
      throw new ThinnetError(
        `graph "${graph.name}": its output "${name}" depends on the batch's mean or variance, which a prediction does not have`,
      );
  return prune(withNodes(graph, nodes));
}

/** Whether it is a BatchNormalization that normalises by the statistics of the batch. */
export const normalisesByBatch = (node: Node): boolean =>
  node.op === 'BatchNormalization' && isStandard(node) && intOf(node, 'training_mode', 0) === 1;

function inferring(node: Node): Node {
  const { training_mode, momentum, ...attributes } = node.attributes;
  return { ...node, outputs: node.outputs.slice(0, 1), attributes };
}
