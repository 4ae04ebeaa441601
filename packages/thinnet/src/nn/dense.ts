/** @file The fully connected layer. */
import { shown, ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import type { KeysOf } from '../options/check.js';
import type { Init } from './init.js';
import { heNormal, zeros } from './init.js';
import { checkLayer } from './layer-options.js';
import type { Layer, LayerOptions, Scope } from './scope.js';

export interface DenseOptions extends LayerOptions {
  /** Add a bias, at first 0 (default true). */
  readonly bias?: boolean;
  /** How the weight begins (default `heNormal()`). */
  readonly init?: Init;
}

export const denseKeys: KeysOf<DenseOptions> = { name: true, bias: true, init: true };

/**
 * y = x · W + b over the last axis.
 *
 * x [N, ..., in] → y [N, ..., units]; parameters `name.weight` [in, units] and `name.bias` [units].
 * For x [N, in] it is one Gemm, otherwise MatMul and Add.
 * Errors: units not a positive integer; x without a feature axis, or one whose length is not known.
 */
export function dense(units: number, options: DenseOptions = {}): Layer {
  checkLayer('dense', options, denseKeys);
  return (x, scope) => {
    const name = scope.layerName('dense', options);
    const { weight, bias } = denseParameters('dense', name, units, options, x, scope);
    return affineOf(name, x, weight, bias, scope);
  };
}

/** The weight [in, units] and bias [units] of a layer over x's last axis. Errors: as `dense`. */
export function denseParameters(
  kind: string,
  name: string,
  units: number,
  options: DenseOptions,
  x: Value,
  scope: Scope,
): { readonly weight: Value; readonly bias: Value | undefined } {
  const { bias = true, init = heNormal() } = options;
  if (!Number.isSafeInteger(units) || units < 1)
    throw new ThinnetError(`${kind} "${name}": units is ${shown(units)}; it must be a positive integer`);
  const features = x.shape[x.shape.length - 1];
  if (x.shape.length < 2 || typeof features !== 'number')
    throw new ThinnetError(
      `${kind} "${name}": its input ${showShape(x.shape)} needs a last axis of known length, after the batch axis`,
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
  if (!bias) return { weight, bias: undefined };
  const offset = scope.parameter({
    name: `${name}.bias`,
    shape: [units],
    role: 'bias',
    incomingAxes: [],
    init: zeros(),
    fans,
  });
  return { weight, bias: offset };
}

/** x · W + b; the bias may be left out. */
export function affineOf(
  name: string,
  x: Value,
  weight: Value,
  bias: Value | undefined,
  scope: Scope,
): Value {
  if (x.shape.length === 2)
    return scope.builder.op('Gemm', bias ? [x, weight, bias] : [x, weight], {}, { name });
  if (!bias) return scope.builder.op('MatMul', [x, weight], {}, { name });
  const product = scope.builder.op('MatMul', [x, weight], {}, { name: `${name}.product` });
  return scope.builder.op('Add', [product, bias], {}, { name });
}
