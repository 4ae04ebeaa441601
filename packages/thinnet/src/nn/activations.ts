/** @file Activations: one standard ONNX operator each. All keep the shape. */
import { shown, ThinnetError } from '../error.js';
import { normalizeAxis } from '../graph/shape.js';
import { float, int, string } from '../onnx/attribute.js';
import type { Attributes } from '../onnx/model.js';
import type { Keys, KeysOf } from '../options/check.js';
import { checkLayer, layerKeys } from './layer-options.js';
import type { Layer, LayerOptions } from './scope.js';

function activation(
  kind: string,
  op: string,
  options: LayerOptions,
  known: Keys = layerKeys,
  attributesFor: (rank: number) => Attributes = () => ({}),
): Layer {
  checkLayer(kind, options, known);
  return (x, scope) =>
    scope.builder.op(op, [x], attributesFor(x.shape.length), { name: scope.layerName(kind, options) });
}

export interface SlopeOptions extends LayerOptions {
  /** What multiplies the negative side. */
  readonly alpha?: number;
}

export interface AxisOptions extends LayerOptions {
  /** The axis that sums to 1 (default −1, the last). */
  readonly axis?: number;
}

const slopeKeys: KeysOf<SlopeOptions> = { name: true, alpha: true };
const axisKeys: KeysOf<AxisOptions> = { name: true, axis: true };

function withSlope(kind: string, op: string, options: SlopeOptions, usual: number): Layer {
  const layer = activation(kind, op, options, slopeKeys, () => ({ alpha: float(options.alpha ?? usual) }));
  const { alpha = usual } = options;
  if (!Number.isFinite(alpha))
    throw new ThinnetError(`${kind}: alpha is ${shown(alpha)}; it must be a finite number`);
  return layer;
}

const overAxis = (kind: string, op: string, options: AxisOptions): Layer =>
  activation(kind, op, options, axisKeys, (rank) => ({ axis: int(normalizeAxis(options.axis ?? -1, rank)) }));

/** max(0, x). */
export const relu = (options: LayerOptions = {}): Layer => activation('relu', 'Relu', options);

/** x where x ≥ 0, else alpha · x (default alpha 0.01). Maas et al. 2013, ICML workshop. */
export const leakyRelu = (options: SlopeOptions = {}): Layer =>
  withSlope('leakyRelu', 'LeakyRelu', options, 0.01);

/** x where x ≥ 0, else alpha · (exp x − 1) (default alpha 1). Clevert et al. 2016 (arXiv:1511.07289), equation 14. */
export const elu = (options: SlopeOptions = {}): Layer => withSlope('elu', 'Elu', options, 1);

/** λ · elu(x; α), λ ≈ 1.0507, α ≈ 1.6733, for `lecunNormal` weights. Klambauer et al. 2017 (arXiv:1706.02515), equation 2. */
export const selu = (options: LayerOptions = {}): Layer => activation('selu', 'Selu', options);

/** x · Φ(x), exactly (by erf). Hendrycks & Gimpel 2016 (arXiv:1606.08415). */
export const gelu = (options: LayerOptions = {}): Layer =>
  activation('gelu', 'Gelu', options, layerKeys, () => ({ approximate: string('none') }));

/** 1 / (1 + exp −x). */
export const sigmoid = (options: LayerOptions = {}): Layer => activation('sigmoid', 'Sigmoid', options);

/** tanh x. */
export const tanh = (options: LayerOptions = {}): Layer => activation('tanh', 'Tanh', options);

/** ln(1 + exp x). */
export const softplus = (options: LayerOptions = {}): Layer => activation('softplus', 'Softplus', options);

/** exp x / Σ exp x over the axis. Losses take logits: train without it, and add it for a program that predicts. */
export const softmax = (options: AxisOptions = {}): Layer => overAxis('softmax', 'Softmax', options);

/** ln softmax x over the axis. */
export const logSoftmax = (options: AxisOptions = {}): Layer => overAxis('logSoftmax', 'LogSoftmax', options);
