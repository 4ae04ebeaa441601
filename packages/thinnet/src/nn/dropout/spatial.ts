/** @file Spatial dropout: whole channels. */
import { ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import type { Rate } from '../../noise/schedule.js';
import { layerKeys } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { multiplied } from './multiply.js';

/**
 * Drops whole channels: y[n, c, …] = x[n, c, …] · r[n, c], r as in `dropout`; at inference y = x. Neighbouring elements
 * of a feature map are alike, so that dropping single ones leaves their information in place.
 *
 * x [N, C, L], [N, C, H, W] or [N, C, D, H, W] → y of x's shape; noise [N, C, 1, …]. The channels are axis 1, as in
 * PyTorch's Dropout1d, 2d and 3d, here always after a batch axis. For features last, [N, T, F], see `variationalDropout`.
 * Tompson et al. 2015, "Efficient object localization using convolutional networks" (arXiv:1411.4280), section 3.2.
 * Errors: a rate outside [0, 1]; x with fewer than 3 or more than 5 axes.
 */
export const spatialDropout = (rate: Rate, options: LayerOptions = {}): Layer =>
  multiplied('spatialDropout', 'spatial', rate, options, layerKeys, (shape, place) => {
    if (shape.length < 3 || shape.length > 5)
      throw new ThinnetError(
        `${place}: its input ${showShape(shape)} must be [N, channels, ...] with 1 to 3 spatial axes${shape.length === 2 ? '; for [N, features] use dropout()' : ''}`,
      );
    return shape.map((dim, axis) => (axis < 2 ? dim : 1));
  });
