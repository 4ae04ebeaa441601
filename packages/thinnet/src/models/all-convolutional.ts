/** @file A small network of convolutions alone. */
import { relu } from '../nn/activations.js';
import { sequential } from '../nn/compose.js';
import { type ConvOptions, conv2d } from '../nn/conv.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { dropout } from '../nn/dropout.js';
import { checkLayer } from '../nn/layer-options.js';
import { globalAvgPool } from '../nn/pool.js';
import type { Layer } from '../nn/scope.js';
import type { KeysOf } from '../options/check.js';
import { channelsFirst } from './images.js';
import { type Placement, placed } from './placement.js';

export interface AllConvolutionalOptions {
  /** Outputs (default 10). */
  readonly classes?: number;
  /** Filters of the three stages (default 16, 32, 64; the paper's All-CNN-C for CIFAR-10 has 96, 192, 192). */
  readonly widths?: readonly [number, number, number];
  /** Ahead of the first 1 × 1 convolution, `conv5.dropout`; a rate is that of `spatialDropout`. */
  readonly mapDropout?: Placement | undefined;
  /** Behind each convolution of stride 2, `conv2.dropout` and `conv4.dropout`, where the paper has 0.5; a rate is that of `dropout`. */
  readonly stageDropout?: Placement | undefined;
}

const keys: KeysOf<AllConvolutionalOptions> = {
  classes: true,
  widths: true,
  mapDropout: true,
  stageDropout: true,
};

/**
 * A network of convolutions alone: stride takes the place of pooling, 1 × 1 convolutions that of dense layers
 * (Springenberg et al. 2015, "Striving for simplicity: the all convolutional net", arXiv:1412.6806, table 1, with fewer
 * layers and filters).
 *
 *     conv 3×3×16 – conv 3×3×16, stride 2 – conv 3×3×32 – conv 3×3×32, stride 2 – conv 3×3×64 – [mapDropout]
 *     – conv 1×1×64 – conv 1×1×classes – mean of each map
 *
 * with ReLU behind every convolution but the last. x [N, height, width] or [N, C, height, width] → logits [N, classes]. Images of
 * 28 × 28 leave maps of 7 × 7 ahead of the 1 × 1 convolutions; one channel, 10 classes and the default widths give 39,674 parameters.
 * Layers are named `conv1` to `conv6` and `output`.
 *
 * Errors: a width or a number of classes that is no positive integer; rates outside [0, 1].
 */
export function allConvolutional(options: AllConvolutionalOptions = {}): Layer {
  checkLayer('allConvolutional', options, keys);
  const { classes = 10, widths = [16, 32, 64], mapDropout, stageDropout } = options;
  const conv = (number: number, filters: number, { kernel = 3, stride = 1 }: Partial<ConvOptions> = {}) => [
    conv2d(filters, { kernel, stride, padding: 'same', name: `conv${number}` }),
    relu(),
  ];
  const stage = (number: number, filters: number) => [
    ...conv(number, filters),
    ...conv(number + 1, filters, { stride: 2 }),
    ...placed(stageDropout, `conv${number + 1}.dropout`, dropout),
  ];
  const [first, second, third] = widths;
  return sequential(
    channelsFirst('allConvolutional'),
    ...stage(1, first),
    ...stage(3, second),
    ...conv(5, third),
    ...placed(mapDropout, 'conv5.dropout', spatialDropout),
    ...conv(6, third, { kernel: 1 }),
    conv2d(classes, { kernel: 1, name: 'output' }),
    globalAvgPool(),
  );
}
