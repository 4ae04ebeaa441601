/** @file The masks of the arms: what share they drop, and how much of a dropped element's surroundings with it. */
import type { NoiseSite } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { drawNoise } from '../masks.js';
import { type Maps, startOf } from './maps.js';

/** One draw of a site's noise for maps of a shape; noise of whole channels is repeated over them. */
export function noiseMaps(
  laboratory: Laboratory,
  site: NoiseSite,
  { examples, channels, height, width }: Omit<Maps, 'values'>,
  draw: { readonly seed: number; readonly step: number },
): Maps {
  const [, , rows = 1, columns = 1] = site.shape.map(Number);
  const noise = drawNoise(laboratory, site, draw, examples * channels * rows * columns);
  const area = height * width;
  const values = new Float32Array(examples * channels * area);
  if (rows * columns === area) values.set(noise);
  else for (const [map, factor] of noise.entries()) values.fill(factor, map * area, (map + 1) * area);
  return { examples, channels, height, width, values };
}

export interface MaskFacts {
  /** Share of elements that are dropped. */
  readonly dropped: number;
  /** Of the neighbours (left, right, above, below) of dropped elements, the share that is dropped too. */
  readonly neighboursDropped: number;
  /** Mean factor: 1 where what is kept makes up for what is dropped. */
  readonly mean: number;
}

export function maskFacts(noise: Maps): MaskFacts {
  const { examples, channels, height, width, values } = noise;
  let [dropped, pairs, both, sum] = [0, 0, 0, 0];
  const pair = (a: boolean, b: boolean) => {
    // Each pair counts once for each of its dropped elements.
    pairs += Number(a) + Number(b);
    both += a && b ? 2 : 0;
  };
  for (let example = 0; example < examples; example++)
    for (let channel = 0; channel < channels; channel++) {
      const start = startOf(noise, example, channel);
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++) {
          const at = start + row * width + column;
          const isDropped = values[at] === 0;
          dropped += Number(isDropped);
          sum += values[at] as number;
          if (column + 1 < width) pair(isDropped, values[at + 1] === 0);
          if (row + 1 < height) pair(isDropped, values[at + width] === 0);
        }
    }
  return { dropped: dropped / values.length, neighboursDropped: both / pairs, mean: sum / values.length };
}
