/** @file The networks that `what` and `features` look at: trained with and without dropout, seed by seed, on few images. */
import {
  balancedSubset,
  constant,
  crossEntropy,
  dense,
  dropout,
  flatten,
  type Network,
  network,
  relu,
  type Split,
  sgd,
  standardization,
  standardize,
  type TrainingPlan,
} from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { remembered } from '../memory.js';
import { type Job, sideBySide } from '../side-by-side.js';
import { type Trained, train } from '../train.js';

/** How much is trained. */
export interface Extent {
  readonly seeds: readonly number[];
  /** Training images. */
  readonly images: number;
  readonly epochs: number;
  /** Test images on which the hidden units are looked at and disturbed. */
  readonly probes: number;
}

/** What the cards measure. */
export const fullExtent: Extent = { seeds: [1, 2, 3, 4, 5], images: 1000, epochs: 30, probes: 1000 };
export const hidden = 512;
/** Of the hidden layers and of the input, where there is dropout. */
export const rates = { hidden: 0.5, input: 0.2 } as const;

export type Arm = 'without' | 'with';

/** One seed's networks and the images that both were trained on. */
export interface Pair {
  readonly seed: number;
  readonly data: Split;
  readonly without: Trained;
  readonly with: Trained;
}

/** 784-512-512-10; both arms begin with the same weights. */
function digits(arm: Arm, data: Split, seed: number): Network {
  const { mean, std } = standardization(data.train);
  const on = (rate: number) => (arm === 'with' ? rate : 0);
  return network(
    { input: data.train.shape, seed },
    standardize(mean, std),
    flatten(),
    dropout(on(rates.input), { name: 'input.dropout' }),
    dense(hidden, { name: 'hidden1' }),
    relu({ name: 'hidden1.active' }),
    dropout(on(rates.hidden), { name: 'hidden1.dropout' }),
    dense(hidden, { name: 'hidden2' }),
    relu({ name: 'hidden2.active' }),
    dropout(on(rates.hidden), { name: 'hidden2.dropout' }),
    dense(10, { name: 'output' }),
  );
}

/** All pairs, trained once in a laboratory. */
export const trainedPairs = (
  laboratory: Laboratory,
  { seeds, images, epochs }: Omit<Extent, 'probes'>,
  progress: (done: number, doing: string) => void,
): Promise<readonly Pair[]> =>
  remembered(laboratory, `pairs, ${images} images, ${epochs} epochs, seeds ${seeds}`, async () => {
    const sample = await laboratory.sample('mnist');
    const sets = seeds.map((seed) => ({
      seed,
      data: { train: balancedSubset(sample.train, images, seed), test: sample.test },
    }));
    const jobs = sets.flatMap(({ seed, data }) =>
      (['without', 'with'] as const).map(
        (arm): Job<Trained> => ({
          doing: `seed ${seed}, ${arm} dropout`,
          run: (share) =>
            train(laboratory, planOf(digits(arm, data, seed), seed), data, epochs, (epoch) =>
              share(epoch / epochs),
            ),
        }),
      ),
    );
    const trained = await sideBySide(laboratory, jobs, progress);
    return sets.map((set, i) => ({
      ...set,
      without: trained[2 * i] as Trained,
      with: trained[2 * i + 1] as Trained,
    }));
  });

const planOf = (network: Network, seed: number): TrainingPlan => ({
  network,
  loss: crossEntropy(),
  optimizer: sgd({ momentum: 0.9 }),
  schedule: constant(0.005),
  batchSize: 50,
  seed,
});
