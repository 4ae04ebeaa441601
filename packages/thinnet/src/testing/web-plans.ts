/** @file Small plans that between them use what training graphs consist of, for tests that compare runtimes. */
import type { Dataset } from '../data/dataset.js';
import { relu, selu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { conv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { alphaDropout } from '../nn/dropout/alpha.js';
import { batchwiseDropout } from '../nn/dropout/batchwise.js';
import { concreteDropout } from '../nn/dropout/concrete.js';
import { dropConnect } from '../nn/dropout/drop-connect.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { dropout } from '../nn/dropout.js';
import { batchNorm } from '../nn/normalize.js';
import { maxPool } from '../nn/pool.js';
import { flatten } from '../nn/reshape.js';
import type { Layer } from '../nn/scope.js';
import { crossEntropy } from '../train/loss.js';
import { adam, sgd } from '../train/optimizer.js';
import type { ThinnedPasses } from '../train/passes.js';
import type { TrainingPlan } from '../train/plan.js';
import { constant } from '../train/schedule.js';
import type { TrainingData } from '../train/trainer-types.js';
import { randomDataset } from './dataset.js';

/** Random features; images are brighter in two of their columns, which say the class. */
function examples(length: number, shape: readonly number[], seed: number): Dataset {
  const random = randomDataset({ length, shape, classes: 3, seed });
  const [channels = 1, height, width] = shape;
  if (height === undefined || width === undefined) return random;
  const size = channels * height * width;
  const features = Float32Array.from(random.features, (x, i) => {
    const label = random.labels[Math.floor(i / size)] as number;
    return Math.floor((i % width) / 2) === label ? x + 1 : x;
  });
  return { ...random, features };
}

const data = (shape: readonly number[]): TrainingData => ({
  train: examples(300, shape, 1),
  test: examples(60, shape, 2),
});

const plan = (input: readonly number[], layers: readonly Layer[], changes: Partial<TrainingPlan> = {}) => ({
  plan: {
    network: network({ input, seed: 1 }, ...layers),
    loss: crossEntropy(),
    optimizer: sgd({ momentum: 0.9 }),
    schedule: constant(0.05),
    batchSize: 32,
    seed: 1,
    stepsPerRun: 4,
    ...changes,
  } satisfies TrainingPlan,
  data: data(input),
});

/** The passes of the thinned program that are compared between runtimes. */
export const passes: ThinnedPasses = { seed: 5, first: 2, count: 3 };

/** 300 examples in batches of 32, so that the last batch is short. */
export const webPlans = {
  dense: () => plan([12], [dense(32), relu(), dropout(0.5), dense(3)]),
  batchwise: () =>
    plan(
      [12],
      [dense(64), relu(), batchwiseDropout(0.5), dense(64), relu(), batchwiseDropout(0.5), dense(3)],
    ),
  convolution: () =>
    plan(
      [1, 8, 8],
      [
        // A bias before the normalisation has a gradient of rounding errors alone, which Adam would follow.
        ...[
          conv2d(8, { kernel: 3, padding: 'same', bias: false }),
          batchNorm(),
          relu(),
          maxPool({ kernel: 2 }),
        ],
        ...[spatialDropout(0.1), conv2d(16, { kernel: 3 }), relu(), flatten(), dropout(0.2), dense(3)],
      ],
      { optimizer: adam(), schedule: constant(0.01) },
    ),
  kinds: () =>
    plan(
      [12],
      [
        ...[dense(32), selu(), alphaDropout(0.1), dropConnect(32, 0.3), relu()],
        concreteDropout(0.2, { examples: 300, lengthScale: 0.1 }, dense(3)),
      ],
      { clipNorm: 5, maxNorm: 3 },
    ),
} as const;

export type WebPlan = keyof typeof webPlans;
