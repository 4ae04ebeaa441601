/** @file DropBlock: square holes in feature maps. */
import { shown, ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import type { Rate } from '../../noise/schedule.js';
import type { KeysOf } from '../../options/check.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { multiplied, placeOf } from './multiply.js';

export interface DropBlockOptions extends LayerOptions {
  /** Side of the square holes, odd or even, at least 1; on a smaller map its shorter side takes its place. */
  readonly blockSize: number;
  /** One mask for all channels of an example instead of one for each (default false, which the paper found better). */
  readonly shareChannels?: boolean;
}

const keys: KeysOf<DropBlockOptions> = { name: true, blockSize: true, shareChannels: true };

/**
 * Drops squares of blockSize × blockSize elements: y = x ∗ m · (elements of m / kept elements of m), m = 0 inside the
 * squares, else 1, where the scale is that of each example; at inference y = x. An example that is dropped whole is 0.
 *
 * x [N, C, H, W] → y [N, C, H, W]; noise [N, C, H, W], or [N, 1, H, W] with `shareChannels`. `rate` is the share of a
 * map that is dropped on average, overlaps of squares counted (`blockGamma`). The squares lie wholly inside the map, as in
 * the paper, so that elements near its borders are dropped less often than `rate` and those in the middle more often.
 * blockSize 1 is dropout but for the scale. Ghiasi, Lin & Le 2018, "DropBlock" (arXiv:1810.12890), algorithm 1.
 * Errors: a rate outside [0, 1]; a block size that is no positive integer; x not [N, C, H, W] with known C, H and W.
 */
export function dropBlock(rate: Rate, options: DropBlockOptions): Layer {
  checkLayer('dropBlock', options, keys);
  const { blockSize, shareChannels = false } = options;
  if (!Number.isSafeInteger(blockSize) || blockSize < 1)
    throw new ThinnetError(
      `${placeOf('dropBlock', options)}: blockSize is ${shown(blockSize)}; it must be a positive integer`,
    );
  const shapeOf: Parameters<typeof multiplied>[5] = (shape, place) => {
    const [batch, channels, height, width] = shape;
    if (
      shape.length !== 4 ||
      batch === undefined ||
      typeof channels !== 'number' ||
      typeof height !== 'number' ||
      typeof width !== 'number'
    )
      throw new ThinnetError(
        `${place}: its input ${showShape(shape)} must be [N, channels, height, width] with known lengths after N`,
      );
    return [batch, shareChannels ? 1 : channels, height, width];
  };
  return multiplied('dropBlock', 'dropblock', rate, options, keys, shapeOf, { blockSize });
}
