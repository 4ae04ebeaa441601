/** @file The table of masks and their digests, mask-digests.json: what every engine must draw. Read in Node and in browsers. */

import type { NoiseKernels } from '../noise/draws.js';
import type { NoiseDraw } from '../noise/kinds.js';
import type { NoiseSite } from '../noise/site.js';

/** A mask, by everything that names it, and the SHA-256 of its float32 elements, little-endian. */
export interface MaskDigest extends NoiseDraw {
  /** The kind, and what the kind adds. */
  readonly kind: NoiseSite['kind'];
  readonly rate: NoiseSite['rate'];
  readonly shape: readonly number[];
  readonly site: number;
  /** The first element and the number of elements to draw; all of them unless given. */
  readonly range?: readonly [offset: number, length: number];
  readonly sha256: string;
}

/** What is needed of the library: its sources in Node, its build in a browser. */
export interface Drawing {
  fillNoise(
    site: NoiseSite,
    draw: NoiseDraw,
    out: Float32Array,
    offset?: number,
    kernels?: NoiseKernels,
  ): void;
}

/** Draws an entry of the table; without kernels, by those that the library takes. */
export function drawEntry(
  library: Drawing,
  entry: MaskDigest,
  kernels?: NoiseKernels,
): Float32Array<ArrayBuffer> {
  const { seed, step, site: id, range, sha256: _, ...fields } = entry;
  const [offset, length] = range ?? [0, entry.shape.reduce((size, dim) => size * dim, 1)];
  const out = new Float32Array(length);
  const site = { ...fields, id, name: 'mask', input: 'noise.mask', mean: { output: 'mask', by: 'x' } };
  const choice = kernels === undefined ? [] : ([kernels] as const);
  library.fillNoise(site as unknown as NoiseSite, { seed, step }, out, offset, ...choice);
  return out;
}
