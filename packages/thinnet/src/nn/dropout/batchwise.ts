/** @file Batchwise dropout: one mask for the mini-batch, so that dropped units need no arithmetic. */
import type { Rate } from '../../noise/schedule.js';
import { layerKeys } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { multiplied } from './multiply.js';

/**
 * Drops a unit in the whole mini-batch: y[n, …, f] = x[n, …, f] · r[f], r as in `dropout`; at inference y = x. Every unit
 * is dropped for itself, with probability `rate`, so the number that is kept varies from step to step.
 *
 * x [N, …, F] → y of x's shape; noise [1, …, 1, F]. Between two dense layers, training computes with the kept units alone:
 * of W [F, units] behind it the kept rows, of the weight before it the kept columns, so that with p and q of the units kept
 * on both sides of a weight its matrix products have p·q of the size. Other layers get the mask multiplied in.
 * Graham, Reizenstein & Robinson 2015, "Efficient batchwise dropout training using submatrices" (arXiv:1502.02478).
 * Errors: a rate outside [0, 1].
 */
export const batchwiseDropout = (rate: Rate, options: LayerOptions = {}): Layer =>
  multiplied('batchwiseDropout', 'batchwise', rate, options, layerKeys, (shape) =>
    shape.map((dim, axis) => (axis === shape.length - 1 ? dim : 1)),
  );
