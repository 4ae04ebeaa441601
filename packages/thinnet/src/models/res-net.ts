/** @file The residual network of 20 layers for small images. */
import { ThinnetError } from '../error.js';
import { relu } from '../nn/activations.js';
import { sequential } from '../nn/compose.js';
import { conv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { dropout } from '../nn/dropout.js';
import { checkLayer } from '../nn/layer-options.js';
import { batchNorm } from '../nn/normalize.js';
import { globalAvgPool } from '../nn/pool.js';
import { residualBlock } from '../nn/residual-block.js';
import type { Layer } from '../nn/scope.js';
import type { KeysOf } from '../options/check.js';
import { type DepthRates, depthRates } from './depth.js';
import { channelsFirst } from './images.js';
import { type Placement, placed } from './placement.js';

export interface ResNetOptions {
  /** Outputs (default 10). */
  readonly classes?: number;
  /** Stochastic depth: the rate of the last block, the others' growing linearly up to it, or nine rates. */
  readonly depthDropout?: DepthRates | undefined;
  /**
   * Between the two convolutions of each block, `block1.dropout` to `block9.dropout` (Zagoruyko & Komodakis 2016,
   * arXiv:1605.07146, section 2.4); a rate is that of `spatialDropout`. A function gets `dropout`, the name within a block.
   */
  readonly mapDropout?: Placement | undefined;
  /** Ahead of the dense layer, `features.dropout`; a rate is that of `dropout`. */
  readonly denseDropout?: Placement | undefined;
  /** Takes the place of the dense layer: a function of the maps' means, [N, 64]. */
  readonly head?: Layer;
}

const keys: KeysOf<ResNetOptions> = {
  classes: true,
  depthDropout: true,
  mapDropout: true,
  denseDropout: true,
  head: true,
};

/** Blocks of each of the three stages: n of the paper's 6n + 2 layers. */
const blocksOfStage = 3;
const stages = [16, 32, 64] as const;

/**
 * ResNet-20 (He et al. 2016, "Deep residual learning for image recognition", arXiv:1512.03385, section 4.2, n = 3):
 *
 *     conv 3×3×16, norm, relu – 3 blocks of 16 – 3 blocks of 32, the first of stride 2 – 3 blocks of 64, the first of
 *     stride 2 – mean of each map – dense classes
 *
 * with blocks of two 3 × 3 convolutions, batch normalisation, and shortcuts without parameters (option A). x [N, height, width] or
 * [N, C, height, width] → logits [N, classes]; 269,722 parameters for 3 channels and 10 classes, the paper's 0.27 M, and
 * 269,434 for one channel. Layers are named `conv1`, `norm1`, `block1` to `block9` and `output`.
 *
 *     network({ input: [3, 32, 32], seed: 1 }, standardize(120, 64), resNet20({ depthDropout: 0.2 }))
 *
 * Errors: rates outside [0, 1], or other than nine; `head` together with what it takes the place of.
 */
export function resNet20(options: ResNetOptions = {}): Layer {
  checkLayer('resNet20', options, keys);
  const depth = depthRates('resNet20', options.depthDropout, stages.length * blocksOfStage);
  const block = (number: number): Layer => {
    const stage = Math.floor(number / blocksOfStage);
    const between = placed(options.mapDropout, 'dropout', spatialDropout);
    return residualBlock(stages[stage] as number, {
      name: `block${number + 1}`,
      stride: stage > 0 && number % blocksOfStage === 0 ? 2 : 1,
      shortcut: 'pad',
      dropPath: depth[number] ?? 0,
      ...(between[0] === undefined ? {} : { between: between[0] }),
    });
  };
  return sequential(
    channelsFirst('resNet20'),
    conv2d(stages[0], { kernel: 3, padding: 'same', bias: false, name: 'conv1' }),
    batchNorm({ name: 'norm1' }),
    relu(),
    ...depth.map((_, number) => block(number)),
    globalAvgPool(),
    headOf(options),
  );
}

function headOf({ classes, denseDropout, head }: ResNetOptions): Layer {
  if (head !== undefined) {
    if (classes !== undefined || denseDropout !== undefined)
      throw new ThinnetError(
        'resNet20: head takes the place of the dense layer, so that classes and denseDropout have no use; leave them out',
      );
    return head;
  }
  return sequential(
    ...placed(denseDropout, 'features.dropout', dropout),
    dense(classes ?? 10, { name: 'output' }),
  );
}
