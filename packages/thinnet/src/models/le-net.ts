/** @file A small convolutional network of LeNet-5's shape. */
import { ThinnetError } from '../error.js';
import { relu } from '../nn/activations.js';
import { sequential } from '../nn/compose.js';
import { conv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { dropout } from '../nn/dropout.js';
import { checkLayer } from '../nn/layer-options.js';
import { maxPool } from '../nn/pool.js';
import { flatten } from '../nn/reshape.js';
import type { Layer } from '../nn/scope.js';
import type { KeysOf } from '../options/check.js';
import { channelsFirst } from './images.js';
import { type Placement, placed } from './placement.js';

export interface LeNetOptions {
  /** Outputs (default 10). */
  readonly classes?: number;
  /** Behind each pooling, `conv1.dropout` and `conv2.dropout`; a rate is that of `spatialDropout`. */
  readonly mapDropout?: Placement | undefined;
  /** Behind the dense layer of 1024 units, `dense1.dropout`; a rate is that of `dropout`, 0.5 as a rule. */
  readonly denseDropout?: Placement | undefined;
  /** Takes the place of all layers behind the second pooling: a function of its maps, [N, 64, height / 4, width / 4]. */
  readonly head?: Layer;
}

const keys: KeysOf<LeNetOptions> = {
  classes: true,
  mapDropout: true,
  denseDropout: true,
  head: true,
};

/**
 * A convolutional network of LeNet-5's shape (LeCun et al. 1998, "Gradient-based learning applied to document recognition",
 * figure 2), wider and with ReLU, as it is widely used for MNIST:
 *
 *     conv 5 × 5 × 32 – relu – max-pool 2 – conv 5 × 5 × 64 – relu – max-pool 2 – dense 1024 – relu – dense classes
 *
 * x [N, height, width] or [N, C, height, width] → logits [N, classes]. Convolutions keep the plane, so that pooling leaves maps
 * of 14 × 14 and 7 × 7 for images of 28 × 28, where it has 3,274,634 parameters with 10 classes. Layers are named `conv1`,
 * `conv2`, `dense1` and `output`.
 *
 *     network({ input: [28, 28], seed: 1 }, standardize(33.3, 78.6), leNet({ denseDropout: 0.5 }))
 *
 * Errors: images of fewer than 4 × 4 elements; rates outside [0, 1]; `head` together with what it takes the place of.
 */
export function leNet(options: LeNetOptions = {}): Layer {
  checkLayer('leNet', options, keys);
  const block = (number: number, filters: number): readonly Layer[] => [
    conv2d(filters, { kernel: 5, padding: 'same', name: `conv${number}` }),
    relu(),
    maxPool({ kernel: 2 }),
    ...placed(options.mapDropout, `conv${number}.dropout`, spatialDropout),
  ];
  return sequential(channelsFirst('leNet'), ...block(1, 32), ...block(2, 64), headOf(options));
}

function headOf({ classes, denseDropout, head }: LeNetOptions): Layer {
  if (head !== undefined) {
    if (classes !== undefined || denseDropout !== undefined)
      throw new ThinnetError(
        'leNet: head takes the place of the dense layers, so that classes and denseDropout have no use; leave them out',
      );
    return head;
  }
  return sequential(
    flatten(),
    dense(1024, { name: 'dense1' }),
    relu(),
    ...placed(denseDropout, 'dense1.dropout', dropout),
    dense(classes ?? 10, { name: 'output' }),
  );
}
