/** @file How a trained network bears the loss of hidden units, and noise on the pixels. */
import { ablationMask, classificationScore, type Dataset, fillNormal, thinnedProgram } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { featuresOf } from '../predict.js';
import { floats, numbersOf, withParameters, withProgram } from '../run.js';
import { type Arm, hidden, type Pair } from './pairs.js';

/** Shares of the units of each hidden layer that are taken away. */
export const removedShares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
/** Standard deviations of the noise on pixels of 0 to 255. */
export const noises = [0, 16, 32, 48, 64, 80, 96, 128] as const;
/** How many random choices of units are averaged. */
const choices = 3;

export interface Robustness {
  /** Accuracy for each of `removedShares`, with nothing scaled up for what is missing. */
  readonly removed: readonly number[];
  /** Accuracy for each of `noises`. */
  readonly noisy: readonly number[];
}

/** Both curves of one network. The choices of units and the noise depend on the seed alone: both arms get the same. */
export function robustnessOf(
  laboratory: Laboratory,
  pair: Pair,
  arm: Arm,
  images: Dataset,
): Promise<Robustness> {
  // The network with dropout has a noise input behind each hidden layer: there units can be taken away, in both arms.
  const graph = thinnedProgram(withParameters(pair.with.network, pair[arm].parameters));
  const clean = featuresOf(images);
  const everyPixel = floats(
    [images.length, clean.length / images.length],
    new Float32Array(clean.length).fill(1),
  );
  return withProgram(laboratory, graph, async (program) => {
    const accuracy = async (features: Float32Array, first: Float32Array, second: Float32Array) => {
      laboratory.signal?.throwIfAborted();
      const results = await program.run({
        x: floats([images.length, ...images.shape], features),
        'noise.input.dropout': everyPixel,
        'noise.hidden1.dropout': floats([images.length, hidden], repeated(first, images.length)),
        'noise.hidden2.dropout': floats([images.length, hidden], repeated(second, images.length)),
      });
      const logits = numbersOf(results, 'y');
      return 1 - classificationScore(logits, images.labels as Int32Array, images.classes).error;
    };
    const removed: number[] = [];
    for (const share of removedShares) {
      let sum = 0;
      for (let choice = 0; choice < choices; choice++) {
        const without = (layer: number) => ablationMask(hidden, share, pair.seed, 2 * choice + layer);
        sum += await accuracy(clean, without(0), without(1));
      }
      removed.push(sum / choices);
    }
    const noisy: number[] = [];
    const whole = new Float32Array(hidden).fill(1);
    for (const std of noises) noisy.push(await accuracy(withNoise(clean, std, pair.seed), whole, whole));
    return { removed, noisy };
  });
}

function withNoise(features: Float32Array, std: number, seed: number): Float32Array {
  const noisy = new Float32Array(features.length);
  fillNormal(noisy, seed, 1000, 0, std);
  for (let i = 0; i < noisy.length; i++) noisy[i] = (noisy[i] as number) + (features[i] as number);
  return noisy;
}

function repeated(row: Float32Array, times: number): Float32Array {
  const rows = new Float32Array(times * row.length);
  for (let i = 0; i < times; i++) rows.set(row, i * row.length);
  return rows;
}
