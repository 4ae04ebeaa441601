/** @file Turns initializers into inputs. */
import { ThinnetError } from '../../error.js';
import type { Graph, ValueInfo } from '../../onnx/model.js';

/**
 * Turns named initializers into graph inputs of their shape, appended in the given order.
 *
 * @throws ThinnetError where a name is no initializer
 */
export function unfreeze(graph: Graph, names: readonly string[]): Graph {
  const inputs: ValueInfo[] = [...graph.inputs];
  for (const name of new Set(names)) {
    const tensor = graph.initializers.find((t) => t.name === name);
    if (!tensor) throw new ThinnetError(`unfreeze: "${name}" is no initializer of graph "${graph.name}"`);
    if (!inputs.some((info) => info.name === name))
      inputs.push({ name, type: tensor.type, shape: tensor.dims });
  }
  return {
    ...graph,
    inputs,
    initializers: graph.initializers.filter((tensor) => !names.includes(tensor.name)),
  };
}
