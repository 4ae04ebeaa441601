/** @file Standout: the rate of a unit depends on its own preactivation. */

import { ThinnetError } from '../../error.js';
import { sameShape, showShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int } from '../../onnx/attribute.js';
import { codeOf } from '../../onnx/element.js';
import type { KeysOf } from '../../options/check.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { placeOf } from './multiply.js';

export interface StandoutOptions extends LayerOptions {
  /** α, how strongly the preactivation decides (default 1); 0 is standard dropout of rate 1 − sigmoid(β). */
  readonly alpha?: number;
  /** β, which sets how much is kept on the whole (default 0). */
  readonly beta?: number;
}

const keys: KeysOf<StandoutOptions> = { name: true, alpha: true, beta: true };

/**
 * An activation with adaptive dropout: units with a high preactivation are kept more often. Of the preactivation z,
 *
 *     y = activation(z) ∗ m,   m ~ Bernoulli(keep),   keep = sigmoid(α·z + β)
 *
 * and at inference y = activation(z) ∗ keep. In place of the activation layer: dense(64), standout(relu()).
 *
 * z [N, ...] → y [N, ...]. keep is the paper's belief network in the form that it uses in practice, with weights tied to
 * the layer's own: π = α·w + β makes it sigmoid(α·(w·x) + β), so nothing in it is learned apart from the layer and there
 * is no penalty. No gradient passes through m: the sample m is a constant of the step, and z learns through the activation
 * alone. Ba & Frey 2013, "Adaptive dropout for training deep neural networks" (NIPS 26), equations 1 to 3.
 * Errors: alpha or beta not finite; an activation that changes the shape.
 */
export function standout(activation: Layer, options: StandoutOptions = {}): Layer {
  checkLayer('standout', options, keys);
  const { alpha = 1, beta = 0 } = options;
  for (const [what, value] of Object.entries({ alpha, beta }))
    if (!Number.isFinite(value))
      throw new ThinnetError(
        `${placeOf('standout', options)}: ${what} is ${value}; it must be a finite number`,
      );
  return (z, scope) => {
    const b = scope.builder;
    const name = scope.layerName('standout', options);
    const active = activation(z, scope);
    if (!sameShape(active.shape, z.shape))
      throw new ThinnetError(
        `standout "${name}": its activation makes ${showShape(active.shape)} of ${showShape(z.shape)}; the shapes must be equal`,
      );
    const scaled = b.op('Mul', [z, b.scalar(alpha)]);
    const keep = b.op('Sigmoid', [b.op('Add', [scaled, b.scalar(beta)])], {}, { name: `${name}.keep` });
    const mean = b.op('Mul', [active, keep], {}, { name: `${name}.mean` });
    const write = (u: Value): Value => {
      const kept = b.op(
        'Cast',
        [b.op('Less', [u, keep])],
        { to: int(codeOf('float32')) },
        { name: `${name}.kept` },
      );
      return b.op('Mul', [active, kept], {}, { name });
    };
    const rate = 1 / (1 + Math.exp(beta));
    return scope.replacedNoise({ name, kind: 'standout', rate, shape: z.shape }, mean, write) as Value;
  };
}
