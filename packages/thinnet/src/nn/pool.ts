/** @file Pooling: one number for each window, channel by channel. */
import { int } from '../onnx/attribute.js';
import type { Attributes } from '../onnx/model.js';
import type { Keys, KeysOf } from '../options/check.js';
import { checkLayer, layerKeys } from './layer-options.js';
import type { Layer, LayerOptions } from './scope.js';
import { channelsOf, type WindowOptions, windowFor, windowKeys } from './window.js';

export interface PoolOptions extends LayerOptions, WindowOptions {}

const poolKeys: KeysOf<PoolOptions> = { name: true, ...windowKeys };

export interface AveragePoolOptions extends LayerOptions, Omit<WindowOptions, 'dilation'> {
  /** Divide by the whole kernel's size also where a window reaches into the padding (default false). */
  readonly countPadding?: boolean;
}

const averagePoolKeys: KeysOf<AveragePoolOptions> = {
  name: true,
  kernel: true,
  stride: true,
  padding: true,
  countPadding: true,
};

/**
 * The greatest element of each window; padding never wins. x [N, C, ...plane] → y [N, C, ...windows], for planes of one to
 * three axes. The stride is the kernel unless given. Among equal elements the first one, in row-major order, gets the gradient.
 * Errors: a window that does not fit.
 */
export const maxPool = (options: PoolOptions): Layer => pool('maxPool', 'MaxPool', options, poolKeys);

/** The mean of each window, padding left out unless `countPadding`. Shapes, stride and errors as `maxPool`. */
export const avgPool = (options: AveragePoolOptions): Layer =>
  pool('avgPool', 'AveragePool', options, averagePoolKeys, ({ countPadding }: AveragePoolOptions) =>
    countPadding ? { count_include_pad: int(1) } : {},
  );

/** The mean of each channel. x [N, C, ...plane] → y [N, C]. Lin et al. 2014, "Network in network", section 3.2. */
export const globalAvgPool = (options: LayerOptions = {}): Layer =>
  globalPool('globalAvgPool', 'ReduceMean', options);

/** The greatest element of each channel. x [N, C, ...plane] → y [N, C]. Equal elements share the gradient. */
export const globalMaxPool = (options: LayerOptions = {}): Layer =>
  globalPool('globalMaxPool', 'ReduceMax', options);

function pool<O extends PoolOptions | AveragePoolOptions>(
  kind: string,
  op: string,
  options: O,
  known: Keys,
  more: (options: O) => Attributes = () => ({}),
): Layer {
  checkLayer(kind, options, known);
  return (x, scope) => {
    const name = scope.layerName(kind, options);
    const rank = Math.min(Math.max(x.shape.length - 2, 1), 3);
    const whole = { ...options, stride: options.stride ?? options.kernel };
    const { attributes } = windowFor(`${kind} "${name}"`, whole, x.shape, rank);
    return scope.builder.op(op, [x], { ...attributes, ...more(options) }, { name });
  };
}

function globalPool(kind: string, op: string, options: LayerOptions): Layer {
  checkLayer(kind, options, layerKeys);
  return (x, scope) => {
    const name = scope.layerName(kind, options);
    channelsOf(`${kind} "${name}"`, x.shape);
    const axes = Array.from({ length: x.shape.length - 2 }, (_, i) => i + 2);
    if (axes.length === 0) return x;
    return scope.builder.op(op, [x, scope.builder.int64(axes)], { keepdims: int(0) }, { name });
  };
}
