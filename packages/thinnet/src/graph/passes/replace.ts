/** @file Replaces values by others that a graph holds already, and takes away the inputs that then nobody reads. */
import { ThinnetError } from '../../error.js';
import type { Graph } from '../../onnx/model.js';
import { sameShape, showShape } from '../shape.js';
import { factsOf } from './facts.js';
import { prune } from './prune.js';
import { rewire } from './rewire.js';

/**
 * The graph in which every use of a key is a use of its value, without the inputs in `gone` and without what only served
 * the replaced values. This is how a layer that computes with its noise becomes its own mean.
 *
 * @throws ThinnetError where a value is unknown, the two differ in type or shape, or an input in `gone` is still read
 */
export function replaceValues(
  graph: Graph,
  replaced: ReadonlyMap<string, string>,
  gone: readonly string[],
): Graph {
  const facts = factsOf(graph);
  for (const [name, by] of replaced) {
    const [from, to] = [facts.typeOf(name), facts.typeOf(by)];
    for (const [value, type] of [
      [name, from],
      [by, to],
    ] as const)
      if (!type?.shape)
        throw new ThinnetError(
          `graph "${graph.name}": there is no value "${value}" of known shape, which a noise site names`,
        );
    if (!from?.shape || !to?.shape || from.type !== to.type || !sameShape(from.shape, to.shape))
      throw new ThinnetError(
        `graph "${graph.name}": "${by}" is ${to?.type}${showShape(to?.shape ?? [])} and cannot replace "${name}", ${from?.type}${showShape(from?.shape ?? [])}`,
      );
  }
  const pruned = prune(rewire(graph, replaced));
  const after = factsOf(pruned);
  for (const input of gone)
    if (after.usesOf(input) > 0)
      throw new ThinnetError(
        `graph "${graph.name}": noise "${input}" reaches an output past the value that replaces its layer at inference`,
      );
  const inputs = pruned.inputs.filter((info) => !gone.includes(info.name));
  return inputs.length === pruned.inputs.length ? pruned : { ...pruned, inputs };
}
