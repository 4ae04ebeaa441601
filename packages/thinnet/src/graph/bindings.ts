/** @file Whether values can take the places of a graph's inputs. */
import { ThinnetError } from '../error.js';
import type { Graph, Shape } from '../onnx/model.js';
import { showShape } from './shape.js';
import type { Value } from './value.js';

/** Fails unless each input is bound, and each binding has the type and rank of the input or initializer that it names. */
export function checkBindings(graph: Graph, bindings: Readonly<Record<string, Value>>): void {
  const tensors = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const inputs = new Map(graph.inputs.map((info) => [info.name, info]));
  for (const name of inputs.keys())
    if (!Object.hasOwn(bindings, name) && !tensors.has(name))
      throw new ThinnetError(`graph "${graph.name}": input "${name}" was not bound`);
  for (const [name, value] of Object.entries(bindings)) {
    const type = inputs.get(name)?.type ?? tensors.get(name)?.type;
    const shape = inputs.get(name)?.shape ?? tensors.get(name)?.dims;
    if (type === undefined)
      throw new ThinnetError(
        `graph "${graph.name}": "${name}" was bound, but is no input or initializer of it`,
      );
    if (type !== value.type || (shape && !fits(value.shape, shape)))
      throw new ThinnetError(
        `graph "${graph.name}": "${name}" is ${type}${shape ? showShape(shape) : ''}, but was bound to "${value.name}", ${value.type}${showShape(value.shape)}`,
      );
  }
}

const fits = (actual: Shape, declared: Shape): boolean =>
  actual.length === declared.length &&
  actual.every((dim, i) => dim === declared[i] || typeof dim === 'string' || typeof declared[i] === 'string');
