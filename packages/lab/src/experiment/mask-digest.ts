/** @file The masks of a run in one number, which anybody can compute again: equal settings draw equal masks everywhere. */
import { fillNoise, type NoiseSite, type TrainingPlan } from 'thinnet';
import { hex, sha256 } from '../data/sha256.js';

/** Steps whose masks count. */
export const digestSteps = 10;

/** Elements of a site's noise for a batch of `batch` examples. */
export const noiseSize = ({ shape }: NoiseSite, batch: number): number =>
  shape.reduce<number>((size, dim) => size * (typeof dim === 'number' ? dim : batch), 1);

/**
 * SHA-256, in hexadecimal, over the SHA-256 of every site's noise in the first ten steps: for each step from 0, for each
 * site in the order of the layers, the float32 elements for a whole batch, little-endian, at the rates that the run begins
 * with. None without dropout.
 */
export async function maskDigest({ network, seed, batchSize }: TrainingPlan): Promise<string | undefined> {
  const { sites } = network;
  // Only secure pages have digests.
  if (sites.length === 0 || crypto.subtle === undefined) return undefined;
  const digests = new Uint8Array(digestSteps * sites.length * 32);
  const noise = new Float32Array(Math.max(...sites.map((site) => noiseSize(site, batchSize))));
  let at = 0;
  for (let step = 0; step < digestSteps; step++)
    for (const site of sites) {
      const part = noise.subarray(0, noiseSize(site, batchSize));
      fillNoise(site, { seed, step }, part);
      digests.set(await sha256(part), at);
      at += 32;
    }
  return hex(await sha256(digests));
}
