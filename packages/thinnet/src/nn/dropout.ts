/** @file Dropout of single elements: inverted, as first published, and Gaussian. */
import { ThinnetError } from '../error.js';
import { checkRateOrSchedule, highestRate, type Rate } from '../noise/schedule.js';
import { multiplied, placeOf } from './dropout/multiply.js';
import { type NoiseShapeOptions, noiseShapeKeys, noiseShapeOf } from './dropout/noise-shape.js';
import { checkLayer } from './layer-options.js';
import type { Layer } from './scope.js';

export type DropoutOptions = NoiseShapeOptions;

/**
 * Inverted dropout: y = x ∗ r, r = 0 with probability `rate`, else 1 / (1 − rate); at inference y = x.
 *
 * x [N, ...] → y [N, ...]; a graph input `noise.name` takes r. Rate 0 is the identity and adds nothing to the graph;
 * rate 1 gives zeros. Hinton et al. 2012 (arXiv:1207.0580); Srivastava et al. 2014, JMLR 15, sections 4 and 10.
 *
 * @param rate the probability to drop, or a schedule of it over the training steps
 * Errors: a rate outside [0, 1]; a noise shape that does not broadcast to x.
 */
export const dropout = (rate: Rate, options: DropoutOptions = {}): Layer =>
  multiplied('dropout', 'dropout', rate, options, noiseShapeKeys, (shape, place) =>
    noiseShapeOf(place, options, shape),
  );

/**
 * Dropout as first published: y = x ∗ r, r = 0 with probability `rate`, else 1; at inference y = (1 − rate) · x.
 *
 * Shapes, edge cases and errors as `dropout`. Srivastava et al. 2014, JMLR 15, section 4 and figure 2.
 *
 * @param rate a number: the factor at inference is a constant of the exported file, which a schedule would belie
 */
export function standardDropout(rate: number, options: DropoutOptions = {}): Layer {
  checkLayer('standardDropout', options, noiseShapeKeys);
  if (typeof rate === 'object')
    throw new ThinnetError(
      `${placeOf('standardDropout', options)}: its rate must be a number, because inference multiplies by 1 - rate; dropout() takes a schedule`,
    );
  return multiplied('standardDropout', 'standard', rate, options, noiseShapeKeys, (shape, place) =>
    noiseShapeOf(place, options, shape),
  );
}

/**
 * Multiplicative Gaussian noise: y = x ∗ r, r ~ N(1, rate / (1 − rate)), the mean and variance of inverted dropout's
 * noise; at inference y = x. Nothing is set to 0.
 *
 * x [N, ...] → y [N, ...]. Rate 0 is the identity. Srivastava et al. 2014, JMLR 15, section 10; Wang & Manning 2013, ICML.
 * Errors: a rate outside [0, 1), where the variance ends; a noise shape that does not broadcast to x.
 */
export function gaussianDropout(rate: Rate, options: DropoutOptions = {}): Layer {
  checkLayer('gaussianDropout', options, noiseShapeKeys);
  const place = placeOf('gaussianDropout', options);
  checkRateOrSchedule(rate, place);
  if (highestRate(rate) === 1)
    throw new ThinnetError(
      `${place}: its rate reaches 1, where the variance rate / (1 - rate) is infinite; stay below 1`,
    );
  return multiplied('gaussianDropout', 'gaussian', rate, options, noiseShapeKeys, (shape, at) =>
    noiseShapeOf(at, options, shape),
  );
}
