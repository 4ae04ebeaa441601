/** @file A noise site says everything about one dropout: its noise tensor, its distribution and its place. */
import type { Shape } from '../onnx/model.js';

/** The kinds of dropout; see `kinds.ts` for what each draws. */
export type NoiseKind = 'dropout' | 'standard';

/**
 * One dropout of a network. Its mask is named by four numbers: seed, step, site (`id`) and element.
 * The graph multiplies the noise input `input` in; nothing else in the graph knows that it is a dropout.
 */
export interface NoiseSite {
  /** The site's number, unique in its network, 0 to 2^24 − 1. */
  readonly id: number;
  /** The layer's name, such as `dropout2`. */
  readonly name: string;
  readonly kind: NoiseKind;
  /** Probability to drop, 0 to 1. */
  readonly rate: number;
  /** Name of the graph input that takes the noise. */
  readonly input: string;
  /** Shape of the noise tensor, such as ['N', 1024]; it broadcasts to the activation. */
  readonly shape: Shape;
}
