/** @file Masks as the dropout under test draws them. */
import { dropout, type Graph, type Layer, type Network, type NoiseSite, network } from 'thinnet';
import type { Laboratory } from './laboratory.js';

/** The noise site of a network that consists of one dropout over `features` features. */
export function siteOf(layer: Layer, features: number): NoiseSite {
  const [site] = network({ input: [features], seed: 0 }, layer).sites;
  if (site === undefined) throw new Error('the layer has no noise site');
  return site;
}

/** The site of inverted dropout at a rate. */
export const dropoutSite = (rate: number, features: number): NoiseSite => siteOf(dropout(rate), features);

/** The noise of one step: as many elements as asked for. */
export function drawNoise(
  { dropout: { fillNoise } }: Laboratory,
  site: NoiseSite,
  draw: { readonly seed: number; readonly step: number },
  length: number,
): Float32Array {
  // A dropout that leaves elements out is found out by NaN.
  const noise = new Float32Array(length).fill(Number.NaN);
  fillNoise(site, draw, noise);
  return noise;
}

/** One noise tensor for each of a network's sites, for a batch of `examples`, by the name of its input. */
export function noiseOf(
  laboratory: Laboratory,
  { sites }: Network,
  examples: number,
  draw: { readonly seed: number; readonly step: number },
): Readonly<Record<string, { type: 'float32'; dims: number[]; data: Float32Array }>> {
  return Object.fromEntries(
    sites.map((site) => {
      const dims = site.shape.map((dim) => (dim === 'N' ? examples : Number(dim)));
      const data = drawNoise(
        laboratory,
        site,
        draw,
        dims.reduce((a, b) => a * b, 1),
      );
      return [site.input, { type: 'float32' as const, dims, data }];
    }),
  );
}

/**
 * The noise that a network's inference program asks for: none, unless the program is faulty. Then it gets some, and is found
 * out by what it does with it.
 */
export function noiseAsked(
  laboratory: Laboratory,
  network: Network,
  { inputs }: Pick<Graph, 'inputs'>,
  examples: number,
  draw: { readonly seed: number; readonly step: number },
): ReturnType<typeof noiseOf> {
  const asked = network.sites.filter(({ input }) => inputs.some(({ name }) => name === input));
  return noiseOf(laboratory, { ...network, sites: asked }, examples, draw);
}
