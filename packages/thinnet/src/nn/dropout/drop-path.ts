/** @file Stochastic depth: drops a residual branch whole. */
import { ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import type { Rate } from '../../noise/schedule.js';
import { layerKeys } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { multiplied } from './multiply.js';

/**
 * Drops a branch of an example whole: y[n, …] = x[n, …] · r[n], r as in `dropout`; at inference y = x. The last layer of a
 * `residual`, where a dropped branch leaves the shortcut:
 *
 *     linearDepthRates(12, 0.2).map((rate) => residual(dense(64), relu(), dropPath(rate)))
 *
 * x [N, ...] → y [N, ...]; noise [N, 1, …]. Each example draws for itself; Huang et al. 2016, "Deep networks with stochastic
 * depth" (arXiv:1603.09382), equation 2, draw once for a mini-batch and scale by keep at inference (equation 5), which
 * differs by the scale of the branch. Known as DropPath.
 * Errors: a rate outside [0, 1]; x with fewer than 2 axes.
 */
export const dropPath = (rate: Rate, options: LayerOptions = {}): Layer =>
  multiplied('dropPath', 'depth', rate, options, layerKeys, (shape, place) => {
    if (shape.length < 2)
      throw new ThinnetError(`${place}: its input ${showShape(shape)} must be [N, ...] with 2 axes or more`);
    return shape.map((dim, axis) => (axis === 0 ? dim : 1));
  });
