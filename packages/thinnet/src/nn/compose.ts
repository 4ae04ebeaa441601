/** @file Layers made of layers: in sequence, in a named block, around a shortcut. */
import { ThinnetError } from '../error.js';
import { sameShape, showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import type { Layer, LayerOptions, Scope } from './scope.js';

/** Each layer's output is the next one's input; no layers at all are the identity. */
export const sequential =
  (...layers: readonly Layer[]): Layer =>
  (x, scope) =>
    layers.reduce((value, layer) => layer(value, scope), x);

/** As `sequential`, with names that begin with `name.`: block('stem', dense(64)) makes `stem.dense1`. */
export const block =
  (name: string, ...layers: readonly Layer[]): Layer =>
  (x, scope) =>
    sequential(...layers)(x, scope.sub(name));

/**
 * x + f(x), f being the layers in sequence. x [N, ...], f(x) of the same shape.
 * He et al. 2016, "Deep residual learning for image recognition", equation 1.
 * Errors: f(x) of another shape.
 */
export const residual =
  (...layers: readonly Layer[]): Layer =>
  (x, scope) => {
    const branch = sequential(...layers)(x, scope);
    return add(x, branch, scope, { name: scope.layerName('residual') });
  };

/** a + b of equal shapes, for layers written as functions. Errors: shapes that differ. */
export function add(a: Value, b: Value, scope: Scope, options: LayerOptions = {}): Value {
  const name = options.name ?? scope.layerName('add');
  if (!sameShape(a.shape, b.shape))
    throw new ThinnetError(
      `"${name}": shapes ${showShape(a.shape)} and ${showShape(b.shape)} must be equal to be added`,
    );
  return scope.builder.op('Add', [a, b], {}, { name });
}
