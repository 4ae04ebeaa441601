/** @file From a sequence to one vector: a time step, the mean, the greatest. */
import { shown, ThinnetError } from '../error.js';
import { int } from '../onnx/attribute.js';
import { checkLayer, layerKeys } from './layer-options.js';
import type { Layer, LayerOptions } from './scope.js';
import { timeOf } from './sequence.js';

/**
 * One time step of a sequence: x [N, T, ...] → y [N, ...], y[n] = x[n, step]; a negative step counts from the end, −1 the last.
 * Errors: x with fewer than 2 axes or unknown T; a step that is no integer or outside the sequence.
 */
export function atTime(step: number, options: LayerOptions = {}): Layer {
  checkLayer('atTime', options, layerKeys);
  return (x, scope) => {
    const name = scope.layerName('atTime', options);
    const time = timeOf(`atTime "${name}"`, x);
    if (!Number.isSafeInteger(step) || step >= time || step < -time)
      throw new ThinnetError(
        `atTime "${name}": step is ${shown(step)}; it must be an integer from ${-time} to ${time - 1}`,
      );
    const { builder: b } = scope;
    const index = b.constant(BigInt64Array.of(BigInt(step < 0 ? step + time : step)), 'int64', []);
    return b.op('Gather', [x, index], { axis: int(1) }, { name });
  };
}

/** The mean over time: x [N, T, ...] → y [N, ...]. Errors: x with fewer than 2 axes or unknown T. */
export const meanOverTime = (options: LayerOptions = {}): Layer =>
  overTime('meanOverTime', 'ReduceMean', options);

/**
 * The greatest element over time, feature by feature: x [N, T, ...] → y [N, ...]. Equal elements share the gradient.
 * Errors: x with fewer than 2 axes or unknown T.
 */
export const maxOverTime = (options: LayerOptions = {}): Layer =>
  overTime('maxOverTime', 'ReduceMax', options);

function overTime(kind: string, op: string, options: LayerOptions): Layer {
  checkLayer(kind, options, layerKeys);
  return (x, scope) => {
    const name = scope.layerName(kind, options);
    timeOf(`${kind} "${name}"`, x);
    return scope.builder.op(op, [x, scope.builder.int64([1])], { keepdims: int(0) }, { name });
  };
}
