/** @file Free names in a finished graph. */
import type { Graph } from '../onnx/model.js';
import { allNames, outerReferences } from './subgraph.js';

/** Gives names that begin with a stem and that no value of the graph or of its subgraphs has; a name is given once. */
export function freshNames(graph: Graph): (stem: string) => string {
  const taken = new Set([...allNames(graph), ...outerReferences(graph)]);
  return (stem) => {
    let name = stem;
    for (let i = 1; taken.has(name); i++) name = `${stem}_${i}`;
    taken.add(name);
    return name;
  };
}
