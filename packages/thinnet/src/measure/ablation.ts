/** @file Ablation: a choice of units to take away, to see how far a trained network leans on single ones. */
import { ThinnetError } from '../error.js';
import { permutations } from '../noise/counter.js';
import { permutation } from '../noise/random.js';

/**
 * Ones, and zeros for round(share · units) of the units, chosen at random: what a layer's activations are multiplied by, as by
 * a dropout mask that scales nothing. Accuracy against the share taken away is a network's robustness to ablation (Morcos et
 * al. 2018, "On the importance of single directions for generalization").
 *
 * @param units how many units the layer has, an integer from 1 up
 * @param share of them that is taken away, 0 to 1
 * @param seed 0 to 2^53 − 1; with `index` it names an order of the units, whose first go: of the same order, a larger share takes
 *   away what a smaller one does, and more
 * @param index 0 to 2^29 − 1, such as the layer's number
 * @returns [units]
 *
 * Errors: a number out of range.
 */
export function ablationMask(units: number, share: number, seed: number, index = 0): Float32Array {
  if (!Number.isInteger(units) || units < 1)
    throw new ThinnetError(`ablation: units is ${units}; it must be an integer from 1 up`);
  if (!(share >= 0 && share <= 1))
    throw new ThinnetError(`ablation: share is ${share}; it is the share of units taken away, from 0 to 1`);
  if (!(Number.isInteger(index) && index >= 0 && index < 2 ** 29))
    throw new ThinnetError(`ablation: index is ${index}; it must be an integer from 0 to 2^29 − 1`);
  const kept = new Float32Array(units).fill(1);
  const order = permutation(units, seed, permutations.ablation + index);
  for (const unit of order.subarray(0, Math.round(share * units))) kept[unit] = 0;
  return kept;
}
