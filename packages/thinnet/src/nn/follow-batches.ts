/** @file BatchNormalization nodes of imported models that were exported for training: their statistics follow the batches. */
import { ThinnetError } from '../error.js';
import { GraphBuilder } from '../graph/builder.js';
import { freshNames } from '../graph/names.js';
import { withNodes } from '../graph/passes/rewire.js';
import { byRunningStatistics, normalisesByBatch } from '../graph/passes/running-statistics.js';
import { readersOf } from '../graph/readers.js';
import type { Value } from '../graph/value.js';
import { floatOf } from '../onnx/attribute.js';
import type { Graph, Node } from '../onnx/model.js';
import type { Statistic } from './network.js';
import { followed, ofBatch } from './running-statistics.js';

type Three = [Value, Value, Value];
type Five = [...Three, Value, Value];

/** Names of the running means and variances that training could move. */
export function statisticsOf(graph: Graph): string[] {
  const tensors = new Set(
    graph.initializers
      .filter(({ type, dims }) => type === 'float32' && dims.length === 1)
      .map(({ name }) => name),
  );
  const names = graph.nodes.filter(normalisesByBatch).flatMap(({ inputs }) => inputs.slice(3, 5));
  return [...new Set(names)].filter((name) => tensors.has(name));
}

/**
 * The graph in which each BatchNormalization with training_mode 1 is as the layer `batchNorm` writes it, and the statistics
 * that follow the batches so. ONNX's momentum is the weight of the old statistics. A node whose statistics are frozen,
 * or computed, goes by its running statistics instead.
 *
 * @throws ThinnetError where the graph reads the statistics that such a node gives out
 */
export function followBatches(
  graph: Graph,
  frozen: ReadonlySet<string>,
): { readonly graph: Graph; readonly statistics: readonly Statistic[] } {
  const free = new Set(statisticsOf(graph).filter((name) => !frozen.has(name)));
  const follows = (node: Node): boolean =>
    normalisesByBatch(node) && node.inputs.slice(3, 5).every((name) => free.has(name));
  const rest = byRunningStatistics(graph, (node) => !follows(node));
  if (!rest.nodes.some(follows)) return { graph: rest, statistics: [] };
  const readers = readersOf(rest.nodes);
  const unique = freshNames(rest);
  const momenta = new Map<Node, number>();
  const nodes = rest.nodes.map((node) => {
    if (!follows(node)) return node;
    if (node.outputs.slice(1).some((name) => readers.has(name)))
      throw new ThinnetError(
        `model "${graph.name}": node "${node.name}" (BatchNormalization) hands its running statistics on to other nodes; export it without that`,
      );
    const [y = '', mean, variance] = node.outputs;
    const outputs = [y, mean || unique(`${y}.mean`), variance || unique(`${y}.variance`)];
    const following = { ...node, outputs, attributes: { ...node.attributes, ...ofBatch } };
    momenta.set(following, 1 - floatOf(node, 'momentum', 0.9));
    return following;
  });
  const b = GraphBuilder.from(withNodes(rest, nodes));
  const next = new Map<string, Value>();
  for (const [{ inputs, outputs }, momentum] of momenta) {
    const [x, , , mean, variance] = inputs.map((name) => b.value(name)) as Five;
    const [, batchMean, batchVariance] = outputs.map((name) => b.value(name)) as Three;
    const now = (running: Value): Value => next.get(running.name) ?? running;
    const running = { mean: now(mean), variance: now(variance) };
    const batch = { mean: batchMean, variance: batchVariance };
    const after = followed(b, x, mean.shape[0] as number, running, batch, momentum);
    next.set(mean.name, after.mean).set(variance.name, after.variance);
  }
  for (const { name } of graph.outputs) b.output(b.value(name));
  const statistics = [...next].map(([name, value]) => ({
    name,
    shape: value.shape as readonly number[],
    next: value.name,
  }));
  return { graph: b.build(), statistics };
}
