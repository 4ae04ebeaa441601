/** @file The running statistics of batch normalisation: how they follow the batches of training. */
import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { float, int } from '../onnx/attribute.js';
import { codeOf } from '../onnx/element.js';
import type { Attributes } from '../onnx/model.js';

/** Of a channel each, [C]; the variance of a batch is the biased one. */
export interface ChannelStatistics {
  readonly mean: Value;
  readonly variance: Value;
}

/** Attributes with which a BatchNormalization gives out the batch's own statistics, after its output. */
export const ofBatch: Attributes = { training_mode: int(1), momentum: float(0) };

/**
 * What running statistics become: (1 − momentum) · running + momentum · batch, of the unbiased variance. `x` is what was
 * normalised, [N, C, ...].
 */
export function followed(
  b: GraphBuilder,
  x: Value,
  channels: number,
  running: ChannelStatistics,
  batch: ChannelStatistics,
  momentum: number,
): ChannelStatistics {
  const follow = (old: Value, newest: Value): Value =>
    b.op('Add', [b.op('Mul', [old, b.scalar(1 - momentum)]), newest]);
  const mean = follow(running.mean, b.op('Mul', [batch.mean, b.scalar(momentum)]));
  const weight = b.op('Mul', [besselFactor(b, x, channels), b.scalar(momentum)]);
  const variance = follow(running.variance, b.op('Mul', [batch.variance, weight]));
  return { mean, variance };
}

/** n / (n − 1) for the n elements of a channel; 1 for a single one, whose variance is 0 either way. */
function besselFactor(b: GraphBuilder, x: Value, channels: number): Value {
  const elements = b.op('Cast', [b.op('Size', [x])], { to: int(codeOf('float32')) });
  const count = b.op('Div', [elements, b.scalar(channels)]);
  return b.op('Div', [count, b.op('Max', [b.op('Sub', [count, b.scalar(1)]), b.scalar(1)])]);
}
