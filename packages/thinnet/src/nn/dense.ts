/** @file The fully connected layer. */
import { ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import type { Init } from './init.js';
import { heNormal, zeros } from './init.js';
import type { Layer, LayerOptions } from './scope.js';

export interface DenseOptions extends LayerOptions {
  /** Add a bias, at first 0 (default true). */
  readonly bias?: boolean;
  /** How the weight begins (default `heNormal()`). */
  readonly init?: Init;
}

/**
 * y = x · W + b over the last axis.
 *
 * x [N, ..., in] → y [N, ..., units]; parameters `name.weight` [in, units] and `name.bias` [units].
 * For x [N, in] it is one Gemm, otherwise MatMul and Add.
 * Errors: units not a positive integer; x without a feature axis, or one whose length is not known.
 */
export function dense(units: number, options: DenseOptions = {}): Layer {
  const { bias = true, init = heNormal() } = options;
  return (x, scope) => {
    const name = scope.layerName('dense', options);
    if (!Number.isSafeInteger(units) || units < 1)
      throw new ThinnetError(`dense "${name}": units is ${units}; it must be a positive integer`);
    const features = x.shape[x.shape.length - 1];
    if (x.shape.length < 2 || typeof features !== 'number')
      throw new ThinnetError(
        `dense "${name}": its input ${showShape(x.shape)} needs a last axis of known length, after the batch axis`,
      );
    const fans = { fanIn: features, fanOut: units };
    const weight = scope.parameter({
      name: `${name}.weight`,
      shape: [features, units],
      role: 'weight',
      incomingAxes: [0],
      init,
      fans,
    });
    const offset = bias
      ? scope.parameter({
          name: `${name}.bias`,
          shape: [units],
          role: 'bias',
          incomingAxes: [],
          init: zeros(),
          fans,
        })
      : undefined;
    if (x.shape.length === 2)
      return scope.builder.op('Gemm', offset ? [x, weight, offset] : [x, weight], {}, { name });
    if (!offset) return scope.builder.op('MatMul', [x, weight], {}, { name });
    const product = scope.builder.op('MatMul', [x, weight], {}, { name: `${name}.product` });
    return scope.builder.op('Add', [product, offset], {}, { name });
  };
}
