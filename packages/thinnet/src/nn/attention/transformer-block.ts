/** @file A block of a transformer: attention, then a small network for each time step, both around shortcuts. */
import type { Rate } from '../../noise/schedule.js';
import type { KeysOf } from '../../options/check.js';
import { gelu } from '../activations.js';
import { residual, sequential } from '../compose.js';
import { dense } from '../dense.js';
import { dropPath } from '../dropout/drop-path.js';
import { dropout } from '../dropout.js';
import { glorotUniform, type Init } from '../init.js';
import { checkLayer } from '../layer-options.js';
import { layerNorm } from '../normalize.js';
import type { Layer, LayerOptions } from '../scope.js';
import { sequenceOf } from '../sequence.js';
import { type AttentionOptions, multiHeadAttention } from './multi-head.js';

export interface TransformerBlockOptions
  extends LayerOptions,
    Pick<AttentionOptions, 'heads' | 'keyWidth' | 'valueWidth' | 'causal'> {
  /** Hidden units of the network for each time step (default 4 · width). */
  readonly mlpWidth?: number;
  /** Its activation (default `gelu()`). */
  readonly activation?: (options: LayerOptions) => Layer;
  /** What normalises the input of both branches (default `layerNorm()`). */
  readonly normalization?: (options: LayerOptions) => Layer;
  /** How the weights begin (default `glorotUniform()`). */
  readonly init?: Init;
  /** The rate of dropout on attention weights (default 0). */
  readonly attentionDropout?: Rate;
  /** The rate of dropout on the hidden units of the network for each time step (default 0). */
  readonly mlpDropout?: Rate;
  /** The rate of dropout on the output of each branch, before it is added (default 0). */
  readonly dropout?: Rate;
  /** The rate at which a branch is dropped whole (default 0); see `dropPath` and `linearDepthRates`. */
  readonly dropPath?: Rate;
}

const keys: KeysOf<TransformerBlockOptions> = {
  name: true,
  heads: true,
  keyWidth: true,
  valueWidth: true,
  causal: true,
  mlpWidth: true,
  activation: true,
  normalization: true,
  init: true,
  attentionDropout: true,
  mlpDropout: true,
  dropout: true,
  dropPath: true,
};

/**
 * A transformer block with normalisation first:
 *
 *     x ← x + dropPath(dropout(attention(norm(x))))
 *     x ← x + dropPath(dropout(dense(dropout(gelu(dense(norm(x)))))))
 *
 * x [N, T, width] → y [N, T, width]. Layers, with the block's name in front: `norm1`, `attention`, `norm2`, `mlp1`
 * [width, mlpWidth], `mlp2` [mlpWidth, width], and dropouts `dropout1`, `dropPath1`, `mlpDropout`, `dropout2`, `dropPath2`.
 * Vaswani et al. 2017 (arXiv:1706.03762), section 3, in the order of Xiong et al. 2020 (arXiv:2002.04745), figure 1b;
 * Dosovitskiy et al. 2021 (arXiv:2010.11929), equations 2 and 3. PyTorch: TransformerEncoderLayer with norm_first, whose
 * one dropout is `attentionDropout`, `mlpDropout` and `dropout` here.
 * Errors: as `multiHeadAttention`; mlpWidth no positive integer; a rate outside [0, 1].
 */
export function transformerBlock(options: TransformerBlockOptions): Layer {
  checkLayer('transformerBlock', options, keys);
  const {
    activation = gelu,
    normalization = layerNorm,
    init = glorotUniform(),
    attentionDropout = 0,
    mlpDropout = 0,
    mlpWidth,
    name,
    dropout: rate = 0,
    dropPath: pathRate = 0,
    ...attention
  } = options;
  const attend = multiHeadAttention({ ...attention, init, dropout: attentionDropout, name: 'attention' });
  const end = (n: number): Layer =>
    sequential(dropout(rate, { name: `dropout${n}` }), dropPath(pathRate, { name: `dropPath${n}` }));
  const ends = [end(1), end(2)] as const;
  const thinHidden = dropout(mlpDropout, { name: 'mlpDropout' });
  return (x, scope) => {
    const part = scope.part('transformerBlock', name === undefined ? {} : { name });
    const { features: width } = sequenceOf(`transformerBlock "${part.name}"`, x);
    const attended = residual(normalization({ name: 'norm1' }), attend, ends[0])(x, part);
    return residual(
      normalization({ name: 'norm2' }),
      dense(mlpWidth ?? 4 * width, { init, name: 'mlp1' }),
      activation({ name: 'activation' }),
      thinHidden,
      dense(width, { init, name: 'mlp2' }),
      ends[1],
    )(attended, part);
  };
}
