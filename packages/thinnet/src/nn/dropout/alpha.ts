/** @file Alpha dropout, of elements and of channels: for SELU networks. */
import { ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { alphaShift, saturation } from '../../noise/kinds/alpha.js';
import { checkRateOrSchedule, type Rate } from '../../noise/schedule.js';
import type { Shape } from '../../onnx/model.js';
import type { Keys } from '../../options/check.js';
import { checkLayer, layerKeys } from '../layer-options.js';
import type { Layer, LayerOptions, Scope } from '../scope.js';
import { placeOf } from './multiply.js';
import { type NoiseShapeOptions, noiseShapeKeys, noiseShapeOf } from './noise-shape.js';

/**
 * Sets units to SELU's negative limit α′ = −λ·α ≈ −1.758 instead of 0, and transforms affinely so that an input of mean 0
 * and variance 1 stays so: y = a·(x ∗ d + α′·(1 − d)) + b, d = 0 with probability `rate`, else 1; at inference y = x.
 *
 *     a = (q + α′²·q·(1 − q))^(−½),   b = −a·(1 − q)·α′,   q = 1 − rate
 *
 * x [N, ...] → y [N, ...]. Rate 0 is the identity, rate 1 gives zeros, at inference too. For `selu` with `lecunNormal` weights.
 * Klambauer et al. 2017, "Self-normalizing neural networks" (arXiv:1706.02515), section 3. PyTorch: AlphaDropout.
 * Errors: a rate outside [0, 1]; a noise shape that does not broadcast to x.
 */
export const alphaDropout = (rate: Rate, options: NoiseShapeOptions = {}): Layer =>
  affine('alphaDropout', 'alpha', rate, options, noiseShapeKeys, (shape, place) =>
    noiseShapeOf(place, options, shape),
  );

/**
 * `alphaDropout` of whole channels: d has shape [N, C, 1, …].
 *
 * x [N, C, ...] → y of x's shape. PyTorch: FeatureAlphaDropout.
 * Errors: a rate outside [0, 1]; x with fewer than 3 axes.
 */
export const featureAlphaDropout = (rate: Rate, options: LayerOptions = {}): Layer =>
  affine('featureAlphaDropout', 'featureAlpha', rate, options, layerKeys, (shape, place) => {
    if (shape.length < 3)
      throw new ThinnetError(
        `${place}: its input ${showShape(shape)} must be [N, channels, ...]; for [N, features] use alphaDropout()`,
      );
    return shape.map((dim, axis) => (axis < 2 ? dim : 1));
  });

function affine(
  layer: string,
  kind: 'alpha' | 'featureAlpha',
  rate: Rate,
  options: LayerOptions,
  known: Keys,
  shapeOf: (activation: Shape, place: string) => Shape,
): Layer {
  checkLayer(layer, options, known);
  checkRateOrSchedule(rate, placeOf(layer, options));
  return (x, scope) => {
    const name = scope.layerName(layer, options);
    const shape = shapeOf(x.shape, `${layer} "${name}"`);
    const b = scope.builder;
    const write = (scale: Value): Value => {
      const above = b.op('Sub', [x, b.scalar(saturation)], {}, { name: `${name}.above` });
      const scaled = b.op('Mul', [above, scale], {}, { name: `${name}.scaled` });
      const finish = (shift: Value) => b.op('Add', [scaled, shift], {}, { name });
      return shiftOf(scope, name, kind, rate, x, finish);
    };
    const mean = rate === 1 ? b.op('Mul', [x, b.scalar(0)], {}, { name: `${name}.mean` }) : x;
    return scope.replacedNoise({ name, kind, rate, shape, part: 'scale' }, mean, write) ?? x;
  };
}

/** The shift is a constant of the graph where the rate is one, else a number that each step brings along. */
function shiftOf(
  scope: Scope,
  name: string,
  kind: 'alpha' | 'featureAlpha',
  rate: Rate,
  x: Value,
  finish: (shift: Value) => Value,
): Value {
  if (typeof rate === 'number') return finish(scope.builder.scalar(alphaShift(rate)));
  const site = { name: `${name}.shift`, kind, rate, shape: [1], part: 'shift' } as const;
  return scope.replacedNoise(site, x, finish) as Value;
}
