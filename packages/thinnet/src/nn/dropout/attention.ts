/** @file Dropout of attention weights. */
import { ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import type { Rate } from '../../noise/schedule.js';
import { layerKeys } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { multiplied } from './multiply.js';

/**
 * Drops single attention weights, after the softmax and before the product with the values: y = x ∗ r, r as in `dropout`;
 * at inference y = x. In training the weights of a query then sum to 1 on average only.
 *
 * x [N, heads, T, T] or [N, T, T] → y of x's shape, with noise of that shape.
 * Zehui et al. 2019, "DropAttention" (arXiv:1907.11065), element-wise and without its renormalisation: the form
 * that implementations of Vaswani et al. 2017 (arXiv:1706.03762) have.
 * Errors: a rate outside [0, 1]; x with other than 3 or 4 axes.
 */
export const attentionDropout = (rate: Rate, options: LayerOptions = {}): Layer =>
  multiplied('attentionDropout', 'attention', rate, options, layerKeys, (shape, place) => {
    if (shape.length !== 3 && shape.length !== 4)
      throw new ThinnetError(
        `${place}: its input ${showShape(shape)} must be attention weights, [N, heads, T, T] or [N, T, T]`,
      );
    return shape;
  });
