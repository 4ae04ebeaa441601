/** @file The block of a residual network for images. */
import { shown, ThinnetError } from '../error.js';
import type { Value } from '../graph/value.js';
import type { Rate } from '../noise/schedule.js';
import type { KeysOf } from '../options/check.js';
import { relu } from './activations.js';
import { add, sequential } from './compose.js';
import { conv2d } from './conv.js';
import { dropPath } from './dropout/drop-path.js';
import { placeOf } from './dropout/multiply.js';
import { heNormal, type Init } from './init.js';
import { checkLayer } from './layer-options.js';
import { batchNorm } from './normalize.js';
import type { Layer, LayerOptions, Scope } from './scope.js';
import { channelsOf } from './window.js';

export interface ResidualBlockOptions extends LayerOptions {
  /** The stride of the first convolution (default 1). */
  readonly stride?: number;
  /** Side of both convolutions' kernels, padded so that stride 1 keeps the plane; odd (default 3). */
  readonly kernel?: number;
  /**
   * How the shortcut gets from x's shape to the output's, where they differ. `projection` (default): 1 × 1 convolution and
   * batch normalisation, option B of the paper. `pad`: every stride-th pixel, and zeros for the channels that x lacks,
   * option A, without parameters. Where the shapes agree the shortcut is x itself.
   */
  readonly shortcut?: 'projection' | 'pad';
  /** The rate at which an example's branch is dropped whole (default 0); see `dropPath` and `linearDepthRates`. */
  readonly dropPath?: Rate;
  /** A layer between the two convolutions, such as `spatialDropout(0.3)` (default none). Zagoruyko & Komodakis 2016. */
  readonly between?: Layer;
  /** How the convolutions begin (default `heNormal()`). */
  readonly init?: Init;
}

const keys: KeysOf<ResidualBlockOptions> = {
  name: true,
  stride: true,
  kernel: true,
  shortcut: true,
  dropPath: true,
  between: true,
  init: true,
};

/**
 * A residual block: y = relu(shortcut(x) + dropPath(norm(conv(relu(norm(conv(x))))))).
 *
 * x [N, C, H, W] → y [N, filters, ⌈H / stride⌉, ⌈W / stride⌉]. Convolutions have no bias, as normalisation follows. Layers,
 * with the block's name in front: `conv1`, `norm1`, `conv2`, `norm2`, `dropPath`, and of a projection `shortcut`,
 * `shortcutNorm`. He et al. 2016, "Deep residual learning for image recognition" (arXiv:1512.03385), figure 2 and section
 * 3.3; dropPath by Huang et al. 2016 (arXiv:1603.09382).
 * Errors: filters, stride or kernel no positive integers, an even kernel; `pad` with fewer filters than channels; a rate
 * outside [0, 1].
 */
export function residualBlock(filters: number, options: ResidualBlockOptions = {}): Layer {
  checkLayer('residualBlock', options, keys);
  const { stride = 1, kernel = 3, shortcut = 'projection', between, init = heNormal() } = options;
  const place = placeOf('residualBlock', options);
  for (const [what, value] of Object.entries({ filters, stride, kernel }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new ThinnetError(`${place}: ${what} is ${shown(value)}; it must be a positive integer`);
  if (kernel % 2 === 0)
    throw new ThinnetError(`${place}: kernel is ${kernel}; it must be odd, so that stride 1 keeps the plane`);
  if (shortcut !== 'projection' && shortcut !== 'pad')
    throw new ThinnetError(`${place}: shortcut is "${shortcut}"; it must be "projection" or "pad"`);
  const drop = dropPath(options.dropPath ?? 0, { name: 'dropPath' });
  const conv = (name: string, size: number, step: number): Layer =>
    conv2d(filters, { kernel: size, stride: step, padding: (size - 1) / 2, bias: false, init, name });
  const branch = sequential(
    conv('conv1', kernel, stride),
    batchNorm({ name: 'norm1' }),
    relu({ name: 'relu1' }),
    ...(between ? [between] : []),
    conv('conv2', kernel, 1),
    batchNorm({ name: 'norm2' }),
    drop,
  );
  return (x, scope) => {
    const part = scope.part('residualBlock', options.name === undefined ? {} : { name: options.name });
    const channels = channelsOf(place, x.shape);
    const changed = branch(x, part);
    const straight =
      channels === filters && stride === 1
        ? x
        : shortcut === 'pad'
          ? padded(place, x, channels, filters, stride, part)
          : sequential(conv('shortcut', 1, stride), batchNorm({ name: 'shortcutNorm' }))(x, part);
    return relu({ name: 'relu2' })(
      add(straight, changed, part, { name: part.layerName('sum', { name: 'sum' }) }),
      part,
    );
  };
}

/** Every stride-th pixel, then zeros for the channels that x lacks, half of them at either end. */
function padded(
  place: string,
  x: Value,
  channels: number,
  filters: number,
  stride: number,
  scope: Scope,
): Value {
  if (filters < channels)
    throw new ThinnetError(
      `${place}: filters is ${filters}, but x has ${channels} channels; shortcut "pad" cannot leave channels out: use "projection"`,
    );
  const { builder: b } = scope;
  const picked =
    stride === 1
      ? x
      : b.op('Slice', [
          x,
          b.int64([0, 0]),
          b.int64([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]),
          b.int64([2, 3]),
          b.int64([stride, stride]),
        ]);
  const missing = filters - channels;
  const begin = Math.floor(missing / 2);
  return missing === 0 ? picked : b.op('Pad', [picked, b.int64([0, begin, 0, 0, 0, missing - begin, 0, 0])]);
}
