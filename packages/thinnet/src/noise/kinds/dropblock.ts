/** @file DropBlock: square holes, and the probability of a hole that makes the dropped share `rate`. */
import { ThinnetError } from '../../error.js';
import type { NoiseSite } from '../site.js';
import type { NoiseRule } from './rule.js';

/**
 * The share of an H × W map that holes cover on average, where each of its (H − size + 1)·(W − size + 1) places for a
 * size × size hole has one with probability γ: the mean over all elements of 1 − (1 − γ)^n, n the places that cover it.
 */
export function coveredShare(gamma: number, height: number, width: number, size: number): number {
  return coveredElements(gamma, placesOf(height, width, size)) / (height * width);
}

/** How many elements of a map holes cover on average. */
function coveredElements(gamma: number, places: ReadonlyMap<number, number>): number {
  let covered = 0;
  for (const [n, count] of places) covered += count * (1 - power(1 - gamma, n));
  return covered;
}

/**
 * The γ for which holes cover the share `rate` of a map on average. The paper's
 *
 *     γ = rate / size² · H·W / ((H − size + 1)·(W − size + 1))      (Ghiasi et al. 2018, equation 1)
 *
 * neglects that holes overlap, so that less is dropped; this is the solution with overlaps counted, and meets the paper's
 * as the rate goes to 0.
 *
 * @param rate 0 to 1
 * @param size 1 to the smaller of height and width
 */
export function blockGamma(rate: number, height: number, width: number, size: number): number {
  if (rate === 0 || rate === 1 || size === 1) return rate;
  const places = placesOf(height, width, size);
  // The share grows with γ: halve the interval until only rounding is left.
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (coveredElements(middle, places) < rate * height * width) low = middle;
    else high = middle;
  }
  return high;
}

/** Solutions found before, by their arguments: each step asks for the same. */
const solutions = new Map<string, number>();
/** A rate that changes at every step does not fill the memory. */
const mostSolutions = 1000;

function knownGamma(rate: number, height: number, width: number, size: number): number {
  const key = `${rate} ${height} ${width} ${size}`;
  const known = solutions.get(key);
  if (known !== undefined) return known;
  if (solutions.size === mostSolutions) solutions.clear();
  const gamma = blockGamma(rate, height, width, size);
  solutions.set(key, gamma);
  return gamma;
}

/** How many elements of a map are covered by n places for a hole, by n. */
function placesOf(height: number, width: number, size: number): ReadonlyMap<number, number> {
  const along = (length: number): number[] =>
    Array.from({ length }, (_, i) => Math.min(i, length - size) - Math.max(0, i - size + 1) + 1);
  const counts = new Map<number, number>();
  const columns = along(width);
  for (const down of along(height))
    for (const across of columns) counts.set(down * across, (counts.get(down * across) ?? 0) + 1);
  return counts;
}

/** x^n for whole n ≥ 0 by multiplications, which all engines round alike. */
function power(x: number, n: number): number {
  let result = 1;
  for (let base = x, rest = n; rest > 0; rest = Math.floor(rest / 2), base *= base)
    if (rest % 2 === 1) result *= base;
  return result;
}

interface Maps {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

function mapsOf({ name, shape }: NoiseSite<'dropblock'>): Maps {
  const [, channels, height, width] = shape;
  if (typeof channels !== 'number' || typeof height !== 'number' || typeof width !== 'number')
    throw new ThinnetError(
      `noise site "${name}": dropblock noise has shape [${shape.join(', ')}]; it must be [N, channels, height, width]`,
    );
  return { channels, height, width };
}

/**
 * Square holes of side `blockSize` (on a smaller map: of its shorter side), at random places wholly inside the map, in
 * each channel apart or in all at once; what is kept is scaled by elements / kept elements of its example, so that the
 * noise of an example has mean 1. An example that is dropped whole stays 0.
 * Ghiasi, Lin & Le 2018, "DropBlock" (arXiv:1810.12890), algorithm 1.
 *
 * Elements near a border lie in fewer places for a hole, so they are dropped less often than `rate`, and those in the
 * middle more often; `rate` is the mean over the map.
 */
export const dropblock: NoiseRule<'dropblock'> = {
  expectation: ({ rate }) => (rate === 1 ? 0 : 1),
  fill: (site, { seed, step, rate }, out, offset, kernels) => {
    const { channels, height, width } = mapsOf(site);
    const size = Math.min(site.blockSize, height, width);
    const gamma = knownGamma(rate, height, width, size);
    const elements = channels * height * width;
    /** Holds an example of which only a part is wanted, as at the ends. */
    let whole: Float32Array | undefined;
    const last = offset + out.length;
    for (let example = Math.floor(offset / elements); example * elements < last; example++) {
      const first = example * elements;
      const inside = first >= offset && first + elements <= last;
      if (!inside) whole ??= new Float32Array(elements);
      const noise = whole && !inside ? whole : out.subarray(first - offset, first - offset + elements);
      const draw = { seed, step, site: site.id, offset: first, gamma, height, width, size, kept: 1 };
      const kept = kernels.fillBlocks(noise, draw);
      const scale = elements / kept;
      if (kept > 0 && kept < elements)
        for (let i = 0; i < elements; i++) noise[i] = (noise[i] as number) * scale;
      if (!inside)
        out.set(
          noise.subarray(Math.max(offset, first) - first, Math.min(last, first + elements) - first),
          Math.max(0, first - offset),
        );
    }
  },
};
