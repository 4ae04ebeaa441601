/** @file What a kind of dropout is, as an entry of the table of kinds. */
import type { NoiseKernels } from '../draws.js';
import type { MeanValue, NoiseKind, NoiseSite } from '../site.js';

/** One sample of a site's noise, the rate of its step included. */
export interface SiteDraw {
  readonly seed: number;
  readonly step: number;
  /** What the site's rate is at this step. */
  readonly rate: number;
}

interface Filled<K extends NoiseKind> {
  /** Fills `out` with elements offset … offset + out.length − 1 of the site's noise. */
  fill(site: NoiseSite<K>, draw: SiteDraw, out: Float32Array, offset: number, kernels: NoiseKernels): void;
}

/** Noise that is multiplied in: E[noise] takes its place in the mean program; every element has the same. */
interface Multiplied<K extends NoiseKind> extends Filled<K> {
  expectation(site: NoiseSite<K>): number;
}

/** Noise that goes into a computation of the layer's own: the site says what replaces the layer at inference. */
interface Replaced<K extends NoiseKind> extends Filled<K> {
  readonly expectation?: undefined;
}

/** What a kind is; whether it needs an expectation follows from the fields of its sites. */
export type NoiseRule<K extends NoiseKind> =
  NoiseSite<K> extends { readonly mean: MeanValue } ? Replaced<K> : Multiplied<K>;

/** A rule seen without its kind. */
export interface AnyRule extends Filled<NoiseKind> {
  expectation?(site: NoiseSite): number;
}
