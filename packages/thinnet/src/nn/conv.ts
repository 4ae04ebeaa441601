/** @file Convolutions over lines, planes and volumes. */
import { shown, ThinnetError } from '../error.js';
import { int } from '../onnx/attribute.js';
import type { KeysOf } from '../options/check.js';
import { sequential } from './compose.js';
import { placeOf } from './dropout/multiply.js';
import type { Init } from './init.js';
import { heNormal, zeros } from './init.js';
import { checkLayer } from './layer-options.js';
import type { Layer, LayerOptions } from './scope.js';
import { channelsOf, type WindowOptions, windowFor, windowKeys } from './window.js';

export interface ConvOptions extends LayerOptions, WindowOptions {
  /** Parts into which channels and filters are split, each convolved by itself (default 1). */
  readonly groups?: number;
  /** Add a bias a filter, at first 0 (default true). */
  readonly bias?: boolean;
  /** How the weight begins (default `heNormal()`). */
  readonly init?: Init;
}

const convKeys: KeysOf<ConvOptions> = { name: true, ...windowKeys, groups: true, bias: true, init: true };

/**
 * y[n, m, i] = b[m] + Σ over c, k of W[m, c, k] · x[n, c, i·stride + k·dilation − padding], cross-correlation as everywhere
 * in deep learning (LeCun et al. 1989, "Backpropagation applied to handwritten zip code recognition").
 *
 * x [N, C, length] → y [N, filters, windows]; parameters `name.weight` [filters, C / groups, kernel] and `name.bias` [filters].
 * Errors: channels or filters that `groups` does not divide; a window that does not fit (see `WindowOptions`).
 */
export const conv1d = (filters: number, options: ConvOptions): Layer => conv('conv1d', 1, filters, options);

/** As `conv1d` over planes: x [N, C, height, width] → y [N, filters, …, …]; `name.weight` [filters, C / groups, …, …]. */
export const conv2d = (filters: number, options: ConvOptions): Layer => conv('conv2d', 2, filters, options);

/** As `conv1d` over volumes: x [N, C, depth, height, width] → y [N, filters, …, …, …]. */
export const conv3d = (filters: number, options: ConvOptions): Layer => conv('conv3d', 3, filters, options);

export interface DepthwiseOptions extends Omit<ConvOptions, 'groups'> {
  /** Filters a channel (default 1). */
  readonly multiplier?: number;
}

const depthwiseKeys: KeysOf<DepthwiseOptions> = {
  name: true,
  ...windowKeys,
  bias: true,
  init: true,
  multiplier: true,
};

/**
 * Each channel convolved by filters of its own: `conv2d` with as many groups as channels.
 * x [N, C, height, width] → y [N, C · multiplier, …, …]; `name.weight` [C · multiplier, 1, …, …].
 */
export function depthwiseConv2d(options: DepthwiseOptions): Layer {
  checkLayer('depthwiseConv2d', options, depthwiseKeys);
  const { multiplier = 1, ...window } = options;
  return (x, scope) => {
    const channels = channelsOf(placeOf('depthwiseConv2d', options), x.shape);
    return conv('depthwiseConv2d', 2, channels * multiplier, { ...window, groups: channels })(x, scope);
  };
}

/**
 * A depthwise convolution without bias, then a 1 × 1 convolution that mixes the channels (Chollet 2017,
 * arXiv:1610.02357). x [N, C, height, width] → y [N, filters, …, …]; layers `name.depthwise` and `name.pointwise`.
 */
export function separableConv2d(filters: number, options: DepthwiseOptions): Layer {
  checkLayer('separableConv2d', options, depthwiseKeys);
  const { name, bias = true, ...window } = options;
  return (x, scope) => {
    const part = scope.part('separableConv2d', name === undefined ? {} : { name });
    const pointwise = { kernel: 1, bias, name: 'pointwise', ...(window.init ? { init: window.init } : {}) };
    return sequential(
      depthwiseConv2d({ ...window, bias: false, name: 'depthwise' }),
      conv2d(filters, pointwise),
    )(x, part);
  };
}

function conv(kind: string, rank: number, filters: number, options: ConvOptions): Layer {
  checkLayer(kind, options, convKeys);
  const { groups = 1, bias = true, init = heNormal() } = options;
  return (x, scope) => {
    const name = scope.layerName(kind, options);
    const place = `${kind} "${name}"`;
    const channels = channelsOf(place, x.shape);
    if (!Number.isSafeInteger(filters) || filters < 1)
      throw new ThinnetError(`${place}: filters is ${shown(filters)}; it must be a positive integer`);
    if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0 || filters % groups !== 0)
      throw new ThinnetError(
        `${place}: groups is ${shown(groups)}; it must divide ${channels} channels and ${filters} filters`,
      );
    const { kernel, attributes } = windowFor(place, options, x.shape, rank);
    const window = kernel.reduce((size, k) => size * k, 1);
    const fans = {
      fanIn: (channels / groups) * window,
      fanOut: (filters / groups) * window,
      unit: 'row',
    } as const;
    const weight = scope.parameter({
      name: `${name}.weight`,
      shape: [filters, channels / groups, ...kernel],
      role: 'weight',
      incomingAxes: Array.from({ length: rank + 1 }, (_, i) => i + 1),
      init,
      fans,
    });
    const offset = bias
      ? scope.parameter({
          name: `${name}.bias`,
          shape: [filters],
          role: 'bias',
          incomingAxes: [],
          init: zeros(),
          fans,
        })
      : undefined;
    const grouped = groups === 1 ? attributes : { ...attributes, group: int(groups) };
    return scope.builder.op('Conv', offset ? [x, weight, offset] : [x, weight], grouped, { name });
  };
}
