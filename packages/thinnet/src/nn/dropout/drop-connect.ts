/** @file DropConnect: a dense layer whose weights are dropped, not its units. */
import type { Rate } from '../../noise/schedule.js';
import { checkRateOrSchedule } from '../../noise/schedule.js';
import { affineOf, type DenseOptions, denseKeys, denseParameters } from '../dense.js';
import { checkLayer } from '../layer-options.js';
import type { Layer } from '../scope.js';
import { placeOf } from './multiply.js';

/**
 * A dense layer that drops single weights: y = x · (W ∗ r) + b, r [in, units] as in `dropout`; at inference
 * y = x · W + b.
 *
 * x [N, ..., in] → y [N, ..., units]; parameters, defaults and errors as `dense`, and a rate outside [0, 1]. The bias is
 * not dropped. One mask serves the whole mini-batch: Wan et al. 2013, "Regularization of neural networks using
 * DropConnect" (ICML), section 3, draw one for each example, which would take a weight matrix for each; and where they
 * approximate the mean of the activations behind by sampling from a Gaussian (section 3.2), the mean program takes the
 * activations of the mean weights. Monte Carlo dropout draws the masks instead.
 */
export function dropConnect(units: number, rate: Rate, options: DenseOptions = {}): Layer {
  checkLayer('dropConnect', options, denseKeys);
  checkRateOrSchedule(rate, placeOf('dropConnect', options));
  return (x, scope) => {
    const name = scope.layerName('dropConnect', options);
    const { weight, bias } = denseParameters('dropConnect', name, units, options, x, scope);
    const noise = scope.noise({ name, kind: 'dropconnect', rate, shape: weight.shape });
    const thinned = noise
      ? scope.builder.op('Mul', [weight, noise], {}, { name: `${name}.thinned` })
      : weight;
    return affineOf(name, x, thinned, bias, scope);
  };
}
