/** @file How much of a dropped activation what is left explains: in the maps of a convolution, and in a dense layer. */
import type { NoiseSite } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { drawNoise } from '../masks.js';
import type { Maps } from './maps.js';
import { noiseMaps } from './masks.js';
import { explained, neighbourRows, partnerRows, partnersOf, type Units } from './reconstruction.js';

/** What an activation is predicted from. */
export const reconstructions = {
  neighbours: 'map: the 8 neighbours',
  neighboursLeft: 'map: what element-wise dropout leaves of them',
  channelLeft: 'map: what spatial dropout leaves of them',
  partners: 'dense layer: the 8 most similar units',
  partnersLeft: 'dense layer: what dropout leaves of them',
} as const;

export type ReconstructionName = keyof typeof reconstructions;
export const reconstructionNames = Object.keys(reconstructions) as ReconstructionName[];

/** Steps of the noise that no training and no comparison uses: one for what predictors are fitted to, one to judge them. */
const steps = { fit: 100_000, test: 100_001 } as const;
/** Masks for each example of a dense layer, which has one activation a unit where a map has many. */
const maskings = 4;

/** R² of a map's inner elements, predicted from their neighbours: all of them, or the dropped ones from what is left. */
export function explainedInMaps(
  laboratory: Laboratory,
  fit: Maps,
  test: Maps,
  seed: number,
  sites: { readonly elementWise: NoiseSite; readonly spatial: NoiseSite },
) {
  const share = (site?: NoiseSite) => {
    const noise = (maps: Maps, step: number) => site && noiseMaps(laboratory, site, maps, { seed, step });
    const [fitNoise, testNoise] = [noise(fit, steps.fit), noise(test, steps.test)];
    return explained(
      fit.channels,
      (channel) => neighbourRows(fit, channel, fitNoise),
      (channel) => neighbourRows(test, channel, testNoise),
    );
  };
  return { neighbours: share(), neighboursLeft: share(sites.elementWise), channelLeft: share(sites.spatial) };
}

/** The same of a dense layer's units, predicted from the 8 units that are most like each on the images that predictors are fitted to. */
export function explainedInUnits(
  laboratory: Laboratory,
  fit: Units,
  test: Units,
  seed: number,
  site: NoiseSite,
) {
  const partners = partnersOf(fit);
  const share = (from: Units, to: Units, fromNoise?: Float32Array, toNoise?: Float32Array) =>
    explained(
      fit.units,
      (unit) => partnerRows(from, unit, partners[unit] as number[], fromNoise),
      (unit) => partnerRows(to, unit, partners[unit] as number[], toNoise),
    );
  const noise = ({ values }: Units, step: number) =>
    drawNoise(laboratory, site, { seed, step }, values.length);
  const [fits, tests] = [repeated(fit), repeated(test)];
  return {
    partners: share(fit, test),
    partnersLeft: share(fits, tests, noise(fits, steps.fit), noise(tests, steps.test)),
  };
}

function repeated({ units, values }: Units): Units {
  const all = new Float32Array(maskings * values.length);
  for (let i = 0; i < maskings; i++) all.set(values, i * values.length);
  return { units, values: all };
}
