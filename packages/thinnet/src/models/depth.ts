/** @file Rates of stochastic depth for a model's blocks. */
import { ThinnetError } from '../error.js';
import { linearDepthRates, type Rate } from '../noise/schedule.js';

/** The rate of the last block, those of the others growing linearly up to it (`linearDepthRates`), or one for each block. */
export type DepthRates = number | readonly Rate[];

/** A rate for each of a model's blocks. Errors: a number outside [0, 1]; another number of rates than of blocks. */
export function depthRates(model: string, rates: DepthRates | undefined, blocks: number): readonly Rate[] {
  if (rates === undefined || typeof rates === 'number') return linearDepthRates(blocks, rates ?? 0);
  if (rates.length !== blocks)
    throw new ThinnetError(
      `${model}: depthDropout has ${rates.length} rates for ${blocks} blocks; give one for each, or the last one's alone`,
    );
  return rates;
}
