/** @file Convolutions over lines, planes and volumes. */
import { ThinnetError } from '../error.js';
import { int } from '../onnx/attribute.js';
import { sequential } from './compose.js';
import type { Init } from './init.js';
import { heNormal, zeros } from './init.js';
import type { Layer, LayerOptions } from './scope.js';
import { channelsOf, type WindowOptions, windowFor } from './window.js';

export interface ConvOptions extends LayerOptions, WindowOptions {
  /** Parts into which channels and filters are split, each convolved by itself (default 1). */
  readonly groups?: number;
  /** Add a bias a filter, at first 0 (default true). */
  readonly bias?: boolean;
  /** How the weight begins (default `heNormal()`). */
  readonly init?: Init;
}

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

/**
 * Each channel convolved by filters of its own: `conv2d` with as many groups as channels.
 * x [N, C, height, width] → y [N, C · multiplier, …, …]; `name.weight` [C · multiplier, 1, …, …].
 */
export const depthwiseConv2d =
  ({ multiplier = 1, ...options }: DepthwiseOptions): Layer =>
  (x, scope) => {
    const channels = channelsOf(`depthwiseConv2d${shown(options)}`, x.shape);
    return conv('depthwiseConv2d', 2, channels * multiplier, { ...options, groups: channels })(x, scope);
  };

/**
 * A depthwise convolution without bias, then a 1 × 1 convolution that mixes the channels (Chollet 2017,
 * arXiv:1610.02357). x [N, C, height, width] → y [N, filters, …, …]; layers `name.depthwise` and `name.pointwise`.
 */
export const separableConv2d =
  (filters: number, { name, bias = true, ...options }: DepthwiseOptions): Layer =>
  (x, scope) => {
    const part = scope.part('separableConv2d', name === undefined ? {} : { name });
    const pointwise = { kernel: 1, bias, name: 'pointwise', ...(options.init ? { init: options.init } : {}) };
    return sequential(
      depthwiseConv2d({ ...options, bias: false, name: 'depthwise' }),
      conv2d(filters, pointwise),
    )(x, part);
  };

function conv(kind: string, rank: number, filters: number, options: ConvOptions): Layer {
  const { groups = 1, bias = true, init = heNormal() } = options;
  return (x, scope) => {
    const name = scope.layerName(kind, options);
    const place = `${kind} "${name}"`;
    const channels = channelsOf(place, x.shape);
    if (!Number.isSafeInteger(filters) || filters < 1)
      throw new ThinnetError(`${place}: filters is ${filters}; it must be a positive integer`);
    if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0 || filters % groups !== 0)
      throw new ThinnetError(
        `${place}: groups is ${groups}; it must divide ${channels} channels and ${filters} filters`,
      );
    const { kernel, attributes } = windowFor(place, options, x.shape, rank);
    const window = kernel.reduce((size, k) => size * k, 1);
    const fans = { fanIn: (channels / groups) * window, fanOut: (filters / groups) * window };
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

const shown = ({ name }: LayerOptions): string => (name === undefined ? '' : ` "${name}"`);
