/** @file Layers that only change the shape of an example. */
import { shown, ThinnetError } from '../error.js';
import { isStatic, showShape, sizeOf } from '../graph/shape.js';
import type { Shape } from '../onnx/model.js';
import { placeOf } from './dropout/multiply.js';
import { checkLayer, layerKeys } from './layer-options.js';
import type { Layer, LayerOptions, Scope } from './scope.js';

/**
 * Lays each example out as one vector. x [N, a, b, ...] → [N, a·b·...]; x [N, a] stays as it is, without a node.
 * Errors: an axis after the first whose length is not known.
 */
export function flatten(options: LayerOptions = {}): Layer {
  checkLayer('flatten', options, layerKeys);
  return (x, scope) => {
    const name = scope.layerName('flatten', options);
    return x.shape.length === 2 ? x : write(x, scope, name, [exampleSize('flatten', name, x.shape)]);
  };
}

/**
 * Gives each example another shape with as many elements, in row-major order; one axis may be −1: whatever is left.
 * x [N, ...] → [N, ...shape].
 * Errors: a shape of another size; an axis of x after the first whose length is not known.
 */
export function reshape(shape: readonly number[], options: LayerOptions = {}): Layer {
  checkLayer('reshape', options, layerKeys);
  if (!Array.isArray(shape))
    throw new ThinnetError(
      `${placeOf('reshape', options)}: its shape is ${shown(shape)}; it must be a list, such as [28, 28]`,
    );
  return (x, scope) => {
    const name = scope.layerName('reshape', options);
    const size = exampleSize('reshape', name, x.shape);
    const known = shape.filter((dim) => dim !== -1);
    const rest = size / sizeOf(known);
    const dims = shape.map((dim) => (dim === -1 ? rest : dim));
    if (
      known.length < shape.length - 1 ||
      !dims.every((dim) => Number.isSafeInteger(dim) && dim > 0) ||
      sizeOf(dims) !== size
    )
      throw new ThinnetError(
        `reshape "${name}": an example of shape ${showShape(x.shape.slice(1))} has ${size} elements, which do not fill ${showShape(shape)}`,
      );
    return write(x, scope, name, dims);
  };
}

function exampleSize(kind: string, name: string, shape: Shape): number {
  const example = shape.slice(1);
  if (shape.length === 0 || !isStatic(example))
    throw new ThinnetError(
      `${kind} "${name}": the lengths of all axes of ${showShape(shape)} after the first must be known`,
    );
  return sizeOf(example);
}

/** A Reshape whose 0 keeps the batch axis. */
const write = (x: Parameters<Layer>[0], scope: Scope, name: string, dims: readonly number[]) =>
  scope.builder.op(
    'Reshape',
    [x, scope.builder.int64([0, ...dims])],
    {},
    { name, shapes: [[x.shape[0] ?? 'N', ...dims]] },
  );
