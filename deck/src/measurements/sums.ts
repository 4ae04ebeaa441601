/** @file The preactivations of a trained network's second layer: in training, at inference scaled, and not scaled. */
import { type Graph, type Network, thinnedProgram } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { noiseAsked, noiseOf } from '../masks.js';
import { floats, numbersOf, reading, withProgram } from '../run.js';
import { hidden, type Small } from './small.js';

const seed = 91;

export interface Sums {
  /** [examples, units] each; the bias is taken off. */
  readonly scaled: Float32Array;
  readonly unscaled: Float32Array;
  /** One a mask: the factor by which its preactivations are those of the unscaled pass, by least squares. */
  readonly factors: readonly number[];
  /** Of the preactivations under each mask, over units and examples. */
  readonly variances: readonly number[];
  readonly means: readonly number[];
  /** Under the first masks. */
  readonly training: readonly Float32Array[];
}

/** Runs the first `examples` test images once scaled, once not, and under `masks` masks each. */
export async function sumsOf(
  laboratory: Laboratory,
  { network, plain, parameters, test }: Small,
  examples: number,
  masks: number,
): Promise<Sums> {
  const width = test.features.length / test.length;
  const x = floats([examples, ...test.shape], Float32Array.from(test.features.subarray(0, examples * width)));
  const bias = parameters['hidden2.bias'] as Float32Array;
  const read = (results: Parameters<typeof numbersOf>[0]): Float32Array =>
    numbersOf(results, 'sum').map((z, i) => z - (bias[i % hidden] as number));
  const noise = (step: number) => noiseOf(laboratory, network, examples, { seed, step });
  const once = (graph: Graph) =>
    withProgram(laboratory, graph, async (program) => {
      return read(
        await program.run({ x, ...noiseAsked(laboratory, network, graph, examples, { seed, step: 0 }) }),
      );
    });
  const unscaled = await once(withSum(plain).graph);
  const scaled = await once(laboratory.dropout.meanProgram(withSum(network)));
  const drawn = await withProgram(laboratory, thinnedProgram(withSum(network)), async (program) => {
    const all: Float32Array[] = [];
    for (let step = 0; step < masks; step++) {
      laboratory.signal?.throwIfAborted();
      all.push(read(await program.run({ x, ...noise(step) })));
    }
    return all;
  });
  return {
    scaled,
    unscaled,
    factors: drawn.map((sums) => factor(sums, unscaled)),
    variances: drawn.map(variance),
    means: drawn.map(mean),
    training: drawn.slice(0, 10),
  };
}

const withSum = (network: Network): Network => ({
  ...network,
  graph: reading(network.graph, { sum: 'hidden2' }),
});

/** The β that makes Σ (y − β·x)² least. */
export function factor(y: Float32Array, x: Float32Array): number {
  let [xy, xx] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] as number) * (y[i] as number);
    xx += (x[i] as number) ** 2;
  }
  return xy / xx;
}

export const mean = (xs: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < xs.length; i++) sum += xs[i] as number;
  return sum / xs.length;
};

export function variance(xs: Float32Array): number {
  const center = mean(xs);
  return mean(xs.map((x) => (x - center) ** 2));
}

/** Shares of values in equally wide bins from `low` to `high`; values beyond count in the outermost. */
export function histogram(xs: readonly Float32Array[], low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  let total = 0;
  for (const values of xs) {
    total += values.length;
    for (const x of values) {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(((x - low) / (high - low)) * bins)));
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return counts.map((count) => count / total);
}
