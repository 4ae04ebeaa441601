/** @file Normalisation: by batch, by example, by groups of channels. */
import { ThinnetError } from '../error.js';
import { isStatic, showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { float, int } from '../onnx/attribute.js';
import type { KeysOf } from '../options/check.js';
import { constantInit, zeros } from './init.js';
import { checkLayer } from './layer-options.js';
import { followed, ofBatch } from './running-statistics.js';
import type { Layer, LayerOptions, Scope } from './scope.js';
import { channelsOf } from './window.js';

export interface NormOptions extends LayerOptions {
  /** Added to the variance (default 1e-5). */
  readonly epsilon?: number;
}

const normKeys: KeysOf<NormOptions> = { name: true, epsilon: true };

export interface BatchNormOptions extends NormOptions {
  /** Weight of the newest batch in the running statistics, above 0 and at most 1 (default 0.1). */
  readonly momentum?: number;
}

const batchNormKeys: KeysOf<BatchNormOptions> = { ...normKeys, momentum: true };

/**
 * y = scale · (x − mean) / √(variance + ε) + bias, a channel at a time.
 *
 * x [N, C, ...] → y [N, C, ...]; parameters `name.scale` (at first 1) and `name.bias` (0), both [C]. In training mean and
 * (biased) variance are those of the batch, over all axes but C. Meanwhile the statistics `name.mean` and `name.variance` [C]
 * follow them: running ← (1 − momentum) · running + momentum · batch, the batch's variance being the unbiased one. They
 * take the batch's place in the mean program, and in the thinned program too: a prediction does not depend on the other
 * examples. Ioffe & Szegedy 2015 (arXiv:1502.03167), algorithms 1 and 2; numbers and defaults as PyTorch's.
 * Errors: channels of unknown length; a momentum or an ε out of range.
 */
export function batchNorm(options: BatchNormOptions = {}): Layer {
  checkLayer('batchNorm', options, batchNormKeys);
  const { momentum = 0.1, epsilon = 1e-5 } = options;
  return (x, scope) => {
    const name = scope.layerName('batchNorm', options);
    const place = `batchNorm "${name}"`;
    const channels = channelsOf(place, x.shape);
    checkEpsilon(place, epsilon);
    if (!(momentum > 0 && momentum <= 1))
      throw new ThinnetError(
        `${place}: momentum is ${momentum}; it is the newest batch's weight, above 0 and at most 1`,
      );
    const { builder: b } = scope;
    const affine = scaleAndBias(scope, name, [channels]);
    const running = {
      mean: scope.statistic(`${name}.mean`, [channels], 0),
      variance: scope.statistic(`${name}.variance`, [channels], 1),
    };
    const [y, mean, variance] = b.ops(
      'BatchNormalization',
      [x, ...affine, running.mean, running.variance],
      { epsilon: float(epsilon), ...ofBatch },
      { name, outputs: 3 },
    ) as [Value, Value, Value];
    const next = followed(b, x, channels, running, { mean, variance }, momentum);
    scope.becomes(running.mean, next.mean);
    scope.becomes(running.variance, next.variance);
    return y;
  };
}

export interface LayerNormOptions extends NormOptions {
  /** How many of the last axes are normalised together (default 1: the features). */
  readonly axes?: number;
}

export const layerNormKeys: KeysOf<LayerNormOptions> = { ...normKeys, axes: true };

/**
 * y = scale · (x − mean) / √(variance + ε) + bias over the last axes of each example.
 *
 * x [N, ..., F] → y [N, ..., F]; parameters `name.scale` (at first 1) and `name.bias` (0) of the normalised axes' shape.
 * Ba et al. 2016 (arXiv:1607.06450), equation 4.
 * Errors: normalised axes of unknown length, or the batch axis among them.
 */
export function layerNorm(options: LayerNormOptions = {}): Layer {
  checkLayer('layerNorm', options, layerNormKeys);
  const { axes = 1, epsilon = 1e-5 } = options;
  return (x, scope) => {
    const name = scope.layerName('layerNorm', options);
    const place = `layerNorm "${name}"`;
    checkEpsilon(place, epsilon);
    const inner = x.shape.slice(-axes);
    if (!Number.isSafeInteger(axes) || axes < 1 || axes >= x.shape.length || !isStatic(inner))
      throw new ThinnetError(
        `${place}: axes is ${axes}; the last ${axes} axes of ${showShape(x.shape)} must be of known length and come after the batch axis`,
      );
    const attributes = { axis: int(-axes), epsilon: float(epsilon) };
    return scope.builder.op('LayerNormalization', [x, ...scaleAndBias(scope, name, inner)], attributes, {
      name,
    });
  };
}

/**
 * Normalisation over groups of channels and their plane, example by example, then a scale and a bias a channel.
 *
 * x [N, C, ...plane] → y [N, C, ...plane]; parameters `name.scale` (at first 1) and `name.bias` (0), both [C].
 * Wu & He 2018 (arXiv:1803.08494), equations 1 and 7; one group is layer normalisation, C groups instance normalisation.
 * Errors: groups that do not divide the channels.
 */
export function groupNorm(groups: number, options: NormOptions = {}): Layer {
  checkLayer('groupNorm', options, normKeys);
  const { epsilon = 1e-5 } = options;
  return (x, scope) => {
    const name = scope.layerName('groupNorm', options);
    const place = `groupNorm "${name}"`;
    checkEpsilon(place, epsilon);
    const channels = channelsOf(place, x.shape);
    if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0)
      throw new ThinnetError(`${place}: groups is ${groups}; it must divide ${channels} channels`);
    const attributes = { num_groups: int(groups), epsilon: float(epsilon) };
    const operands = [x, ...scaleAndBias(scope, name, [channels])];
    return scope.builder.op('GroupNormalization', operands, attributes, { name });
  };
}

/** They are neither decayed nor norm-bounded, hence the role. */
function scaleAndBias(scope: Scope, name: string, shape: readonly number[]): [Value, Value] {
  const shared = { shape, role: 'bias' as const, incomingAxes: [], fans: { fanIn: 1, fanOut: 1 } };
  return [
    scope.parameter({ ...shared, name: `${name}.scale`, init: constantInit(1) }),
    scope.parameter({ ...shared, name: `${name}.bias`, init: zeros() }),
  ];
}

function checkEpsilon(place: string, epsilon: number): void {
  if (!(epsilon > 0 && Number.isFinite(epsilon)))
    throw new ThinnetError(`${place}: epsilon is ${epsilon}; it must be above 0`);
}
