/** @file Who reads a value. */
import type { Node } from '../onnx/model.js';
import { namesUsedBy } from './subgraph.js';

/** The nodes that read each value, in their order, each once; by inputs or in their subgraphs. */
export function readersOf(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const readers = new Map<string, Node[]>();
  for (const node of nodes)
    for (const name of new Set(namesUsedBy(node))) {
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
  return readers;
}
