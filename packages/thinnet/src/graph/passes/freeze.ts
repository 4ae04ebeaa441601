/** @file Gives inputs and initializers their values. */
import { ThinnetError } from '../../error.js';
import type { Graph, Shape, TensorValue } from '../../onnx/model.js';
import { sameShape, showShape } from '../shape.js';
import { bindAxes } from './bind-axes.js';

/**
 * Gives named graph inputs (which become initializers) or initializers their values. Where an input's axis was a symbol,
 * the value's length takes its place in the whole graph: freezing x [N, 784] with [8, 784] makes every N an 8.
 *
 * @throws ThinnetError where a name is unknown or a value has another type or shape
 */
export function freeze(graph: Graph, values: Readonly<Record<string, TensorValue>>): Graph {
  const inputs = new Map(graph.inputs.map((info) => [info.name, info]));
  const tensors = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const lengths: Record<string, number> = {};
  for (const [name, value] of Object.entries(values)) {
    const known = inputs.get(name) ?? tensors.get(name);
    if (!known)
      throw new ThinnetError(`freeze: "${name}" is no input or initializer of graph "${graph.name}"`);
    const shape = tensors.get(name)?.dims ?? inputs.get(name)?.shape;
    if (known.type !== value.type || (shape && !match(shape, value.dims, lengths)))
      throw new ThinnetError(
        `freeze: "${name}" is ${known.type}${shape ? showShape(shape) : ''}, but its value is ${value.type}${showShape(value.dims)}`,
      );
    tensors.set(name, { type: value.type, dims: value.dims, data: value.data, name });
  }
  const rest = graph.inputs.filter((info) => !Object.hasOwn(values, info.name));
  return bindAxes({ ...graph, inputs: rest, initializers: [...tensors.values()] }, lengths);
}

/** Whether a static shape fits one with symbols, whose lengths are noted. */
function match(shape: Shape, dims: readonly number[], lengths: Record<string, number>): boolean {
  if (typeof shape.find((dim) => dim !== '' && typeof dim === 'string') !== 'string')
    return shape.includes('') ? shape.length === dims.length : sameShape(shape, dims);
  return (
    shape.length === dims.length &&
    shape.every((dim, axis) => {
      const length = dims[axis] as number;
      if (typeof dim === 'number') return dim === length;
      if (dim === '') return true;
      lengths[dim] ??= length;
      return lengths[dim] === length;
    })
  );
}
