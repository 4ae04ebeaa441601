/** @file A noise site says everything about one dropout: its noise tensor, its distribution and its place. */
import type { Shape } from '../onnx/model.js';
import type { Rate } from './schedule.js';

/**
 * What takes a layer's place at inference where the noise is not simply multiplied in: both are values of the network's
 * graph, of one shape. The mean program reads `by` wherever the network reads `output`.
 */
export interface MeanValue {
  readonly output: string;
  readonly by: string;
}

interface Replaced {
  readonly mean: MeanValue;
}

/** In-graph kinds whose rate a schedule could not reach: it is learned, or it depends on the input. */
interface ReplacedWithFixedRate extends Replaced {
  readonly rate: number;
}

/**
 * A site's part of the affine noise y = (x − α′)·s + t: `scale` is s, an element for each unit; `shift` is t, one number.
 * Where the rate is a constant, so is t, and there is no site for it.
 */
interface Affine extends Replaced {
  readonly part: 'scale' | 'shift';
}

/** The kinds of dropout, and what their sites say beyond the common fields. `kinds.ts` has what each draws. */
export interface SiteFields {
  dropout: object;
  /** Its factor at inference is a constant of the program, so its rate is one too. */
  standard: { readonly rate: number };
  spatial: object;
  /** The squares' side. The shape is [N, C, H, W], or [N, 1, H, W] for one mask for all channels. */
  dropblock: { readonly blockSize: number };
  gaussian: object;
  alpha: Affine;
  featureAlpha: Affine;
  dropconnect: object;
  /** The shape is [1, …, 1, F]: a unit is dropped in the whole mini-batch. */
  batchwise: object;
  embedding: object;
  /** The shape is [N, 1, F], or [N, units] for the state of a recurrent layer: no axis of time. */
  variational: object;
  depth: object;
  attention: object;
  /** `rate` is where the learned rate begins. */
  concrete: ReplacedWithFixedRate;
  /** `rate` is where the learned rate begins: the variance of the noise is rate / (1 − rate). */
  variationalGaussian: ReplacedWithFixedRate;
  /** `rate` is that of a unit whose preactivation is 0. */
  standout: ReplacedWithFixedRate;
}

export type NoiseKind = keyof SiteFields;

/** What every site has. */
export interface SiteBase {
  /** The site's number, unique in its network, 0 to 2^24 − 1. */
  readonly id: number;
  /** The layer's name, such as `dropout2`. */
  readonly name: string;
  /** Probability to drop, 0 to 1; see the kind where it is learned or depends on the input. */
  readonly rate: Rate;
  /** Name of the graph input that takes the noise. */
  readonly input: string;
  /** Shape of the noise tensor, such as ['N', 1024]; it broadcasts to the activation. */
  readonly shape: Shape;
}

/**
 * One dropout of a network. Its mask is named by four numbers: seed, step, site (`id`) and element.
 * The graph multiplies the noise input `input` in (or names what replaces its layer at inference); nothing else in the
 * graph knows that it is a dropout.
 */
export type NoiseSite<K extends NoiseKind = NoiseKind> = {
  [P in K]: SiteBase & { readonly kind: P } & SiteFields[P];
}[K];
