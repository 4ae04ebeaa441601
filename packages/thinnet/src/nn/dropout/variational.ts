/** @file Variational dropout of sequences: one mask for all time steps. */
import { ThinnetError } from '../../error.js';
import { normalizeAxis, showShape } from '../../graph/shape.js';
import type { Rate } from '../../noise/schedule.js';
import type { KeysOf } from '../../options/check.js';
import type { Layer, LayerOptions } from '../scope.js';
import { multiplied } from './multiply.js';

export interface VariationalDropoutOptions extends LayerOptions {
  /** The axis of time (default 1). */
  readonly timeAxis?: number;
}

const keys: KeysOf<VariationalDropoutOptions> = { name: true, timeAxis: true };

/**
 * Drops a feature of a sequence at all times or at none: y[n, t, f] = x[n, t, f] · r[n, f], r as in `dropout`; at
 * inference y = x.
 *
 * x [N, T, F] → y [N, T, F]; noise [N, 1, F]. Gal & Ghahramani 2016, "A theoretically grounded application of dropout in
 * recurrent neural networks" (arXiv:1512.05287), section 4. Keras calls it SpatialDropout1D.
 * Errors: a rate outside [0, 1]; x with fewer than 3 axes; a time axis that is the batch or outside x.
 */
export const variationalDropout = (rate: Rate, options: VariationalDropoutOptions = {}): Layer =>
  multiplied('variationalDropout', 'variational', rate, options, keys, (shape, place) => {
    const { timeAxis = 1 } = options;
    if (shape.length < 3)
      throw new ThinnetError(
        `${place}: its input ${showShape(shape)} must be [N, time, features], or have more axes`,
      );
    const time = normalizeAxis(timeAxis, shape.length);
    if (time === 0)
      throw new ThinnetError(`${place}: timeAxis is ${timeAxis}, the batch; it must be another`);
    return shape.map((dim, axis) => (axis === time ? 1 : dim));
  });
