/** @file A small vision transformer. */
import { ThinnetError } from '../error.js';
import { classToken, positionalEmbedding } from '../nn/attention/embeddings.js';
import { patchEmbedding } from '../nn/attention/patch-embedding.js';
import { transformerBlock } from '../nn/attention/transformer-block.js';
import { sequential } from '../nn/compose.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { zeros } from '../nn/init.js';
import { checkLayer } from '../nn/layer-options.js';
import { layerNorm } from '../nn/normalize.js';
import { atTime } from '../nn/over-time.js';
import type { Layer } from '../nn/scope.js';
import type { PerAxis } from '../nn/window.js';
import type { Rate } from '../noise/schedule.js';
import type { KeysOf } from '../options/check.js';
import { type DepthRates, depthRates } from './depth.js';
import { channelsFirst } from './images.js';

export interface VisionTransformerOptions {
  /** Outputs (default 10). */
  readonly classes?: number;
  /** Side of the square patches, which must divide the plane (default 4). */
  readonly patch?: PerAxis;
  /** Length of each token's vector (default 64). */
  readonly width?: number;
  /** Blocks (default 4). */
  readonly depth?: number;
  /** Heads of each block's attention, which must divide the width (default 4). */
  readonly heads?: number;
  /** Hidden units of each block's network (default 2 · width). */
  readonly mlpWidth?: number;
  /** The rate of dropout on attention weights. */
  readonly attentionDropout?: Rate;
  /** The rate of dropout on the hidden units of each block's network. */
  readonly mlpDropout?: Rate;
  /** The rate of dropout on the tokens with their positions, `tokens.dropout`, and on the output of each branch. */
  readonly dropout?: Rate;
  /** Stochastic depth: the rate of the last block, the others' growing linearly up to it, or one for each block. */
  readonly depthDropout?: DepthRates | undefined;
}

const keys: KeysOf<VisionTransformerOptions> = {
  classes: true,
  patch: true,
  width: true,
  depth: true,
  heads: true,
  mlpWidth: true,
  attentionDropout: true,
  mlpDropout: true,
  dropout: true,
  depthDropout: true,
};

/**
 * A vision transformer (Dosovitskiy et al. 2021, "An image is worth 16×16 words", arXiv:2010.11929, section 3.1), in a size
 * for images of 28 × 28 or 32 × 32:
 *
 *     patches 4×4 → 64 – class token – positions – 4 blocks (4 heads, mlp 128) – norm – class token – dense classes
 *
 * x [N, height, width] or [N, C, height, width] → logits [N, classes]. One channel, 28 × 28, 10 classes and the default sizes
 * give 139,018 parameters. Layers are named `patches`, `class`, `positions`, `block1`, …, `norm` and `output`; those of a block
 * are `transformerBlock`'s. The output's weights begin as zeros (section 3.2).
 *
 * The paper's dropout, "after every dense layer except for the qkv-projections and directly after adding positional to patch
 * embeddings" (appendix B.1), is `dropout` and `mlpDropout` of the same rate.
 *
 * Errors: sizes that are no positive integers, or do not divide as said; rates outside [0, 1], or not one for each block.
 */
export function visionTransformer(options: VisionTransformerOptions = {}): Layer {
  checkLayer('visionTransformer', options, keys);
  const { classes = 10, patch = 4, width = 64, depth = 4, heads = 4, mlpWidth = 2 * width } = options;
  if (!Number.isSafeInteger(depth) || depth < 1)
    throw new ThinnetError(`visionTransformer: depth is ${depth}; it must be a positive integer`);
  const rates = depthRates('visionTransformer', options.depthDropout, depth);
  return sequential(
    channelsFirst('visionTransformer'),
    patchEmbedding(width, { patch, name: 'patches' }),
    classToken({ name: 'class' }),
    positionalEmbedding({ name: 'positions' }),
    dropout(options.dropout ?? 0, { name: 'tokens.dropout' }),
    ...rates.map((dropPath, i) =>
      transformerBlock({
        name: `block${i + 1}`,
        heads,
        mlpWidth,
        attentionDropout: options.attentionDropout ?? 0,
        mlpDropout: options.mlpDropout ?? 0,
        dropout: options.dropout ?? 0,
        dropPath,
      }),
    ),
    layerNorm({ name: 'norm' }),
    atTime(0),
    dense(classes, { name: 'output', init: zeros() }),
  );
}
