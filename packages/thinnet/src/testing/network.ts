/** @file A small classifier and its plan, for tests of training. */

import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { crossEntropy } from '../train/loss.js';
import { sgd } from '../train/optimizer.js';
import type { TrainingPlan } from '../train/plan.js';
import { constant } from '../train/schedule.js';
import { randomDataset } from './dataset.js';

/** 12 features, 3 classes, one hidden layer of 16 with dropout 0.5. */
export const smallPlan = (changes: Partial<TrainingPlan> = {}): TrainingPlan => ({
  network: network({ input: [12], seed: 1 }, dense(16), relu(), dropout(0.5), dense(3)),
  loss: crossEntropy(),
  optimizer: sgd({ momentum: 0.9 }),
  schedule: constant(0.1),
  batchSize: 8,
  seed: 1,
  stepsPerRun: 4,
  ...changes,
});

/** 60 training examples (so that batches of 8 leave a rest of 4) and 30 test examples. */
export const smallData = () => ({
  train: randomDataset({ length: 60, shape: [12], classes: 3, seed: 1 }),
  test: randomDataset({ length: 30, shape: [12], classes: 3, seed: 2 }),
  validation: randomDataset({ length: 30, shape: [12], classes: 3, seed: 3 }),
});
