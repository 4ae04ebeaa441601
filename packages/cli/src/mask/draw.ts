/** @file Draws the noise that training would draw at one site. */
import type { NoiseSite } from 'thinnet';
import { fillNoise, network, ThinnetError } from 'thinnet';
import { UsageError } from '../usage-error.js';
import { maskKinds } from './kinds.js';
import type { MaskKindName } from './names.js';
import { maskKindShapes } from './names.js';

/** Which noise. */
export interface MaskChoice {
  readonly kind: MaskKindName;
  /** Probability to drop, 0 to 1. */
  readonly rate: number;
  /** Of what is dropped from, such as an activation [N, C, H, W]. */
  readonly shape: readonly number[];
  /** Side of the squares of dropblock; undefined for other kinds. */
  readonly blockSize: number | undefined;
  readonly seed: number;
  readonly step: number;
  /** The number of the dropout in its network. */
  readonly site: number;
}

export interface Mask {
  readonly choice: MaskChoice;
  /** Of the noise; it broadcasts to the shape that was chosen. */
  readonly noiseShape: readonly number[];
  /** Row-major. */
  readonly noise: Float32Array;
}

/** More elements than this are not drawn. */
const most = 2 ** 24;

export function drawMask(choice: MaskChoice): Mask {
  const { seed, step } = choice;
  const site = siteOf(choice);
  const noiseShape = site.shape as readonly number[];
  const noise = new Float32Array(sizeOf(noiseShape));
  fillNoise(site, { seed, step }, noise);
  return { choice, noiseShape, noise };
}

/** The site of the library's own layer for the kind. Errors: what the layer refuses. */
function siteOf({ kind, rate, shape, blockSize = 1, site: id }: MaskChoice): NoiseSite {
  const entry = maskKinds[kind];
  const place = `--kind ${kind}`;
  const [least, largest] = entry.rank;
  const shown = `--shape ${shape.join(',')}`;
  if (shape.length < least || shape.length > largest) {
    const many = least === largest ? `${least}` : `${least} to ${largest}`;
    throw new UsageError(`${place}: ${shown} must be that of ${maskKindShapes[kind]}, with ${many} axes`);
  }
  if (sizeOf(shape) > most)
    throw new UsageError(`${shown} has ${sizeOf(shape)} elements; at most ${most} are drawn`);
  const siteAt = (probability: number): NoiseSite | undefined =>
    network({ input: entry.input(shape), seed: 0 }, entry.layer(probability, shape, blockSize)).sites[0];
  try {
    // At rate 0 a layer is the identity and has no site; the noise that it would have is that of any other rate at 0.
    const site = siteAt(rate) ?? siteAt(0.4);
    if (site === undefined) throw new Error(`a layer of kind ${kind} has no noise site`);
    const dims = site.shape.map((dim) => (typeof dim === 'number' ? dim : (shape[0] ?? 1)));
    return { ...site, id, rate, shape: dims } as NoiseSite;
  } catch (error) {
    if (error instanceof ThinnetError) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, dim) => size * dim, 1);
