/** @file Layers made of layers: in sequence, in a named block, around a shortcut. */
import { shown, ThinnetError } from '../error.js';
import { sameShape, showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { checkOptions } from '../options/check.js';
import { layerKeys } from './layer-options.js';
import type { Layer, LayerOptions, Scope } from './scope.js';

/**
 * Each layer's output is the next one's input; no layers at all are the identity.
 * Errors: a layer that is no function, or whose output is no value of the graph.
 */
export function sequential(...layers: readonly Layer[]): Layer {
  const place = (i: number): string => `layer ${i + 1} of ${layers.length}`;
  for (const [i, layer] of layers.entries())
    if (typeof layer !== 'function')
      throw new ThinnetError(
        `${place(i)} is ${shown(layer)}; it must be a layer, such as dense(10)${Array.isArray(layer) ? ' (spread a list of them: ...layers)' : ''}`,
      );
  return (x, scope) => {
    let value = x;
    for (const [i, layer] of layers.entries()) {
      const output: unknown = layer(value, scope);
      if (typeof output === 'function')
        throw new ThinnetError(
          `${place(i)} is ${shown(layer)}, which makes a layer and is none itself; call it: ${layer.name}(…)`,
        );
      if (!isValue(output))
        throw new ThinnetError(
          `${place(i)} gives ${shown(output)}; a layer gives a value of the graph (does a function of yours lack its return?)`,
        );
      value = output;
    }
    return value;
  };
}

const isValue = (output: unknown): output is Value =>
  typeof output === 'object' && output !== null && 'name' in output && 'shape' in output;

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
  checkOptions('add', options, layerKeys);
  const name = options.name ?? scope.layerName('add');
  if (!sameShape(a.shape, b.shape))
    throw new ThinnetError(
      `"${name}": shapes ${showShape(a.shape)} and ${showShape(b.shape)} must be equal to be added`,
    );
  return scope.builder.op('Add', [a, b], {}, { name });
}
