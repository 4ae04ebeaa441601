/** @file An arm's training plan, and the data that it trains on: all that a run is, out of its settings. */
import {
  adam,
  adamW,
  balancedSubset,
  constant,
  crossEntropy,
  type Optimizer,
  type RateChange,
  type Split,
  sgd,
  standardization,
  type TrainingData,
  type TrainingPlan,
} from 'thinnet';
import type { ArmRateChange, OptimizerName, Settings } from '../settings/settings.js';
import { type ArmNetwork, type NetworkInput, networkOf } from './networks.js';

const optimizers: Readonly<Record<OptimizerName, () => Optimizer>> = {
  sgd: () => sgd({ momentum: 0.9 }),
  adam: () => adam(),
  adamw: () => adamW(),
};

export interface Prepared {
  readonly data: TrainingData;
  readonly input: NetworkInput;
}

/** The training examples that the seed draws, and the whole test set. Errors: more examples than there are. */
export function prepare({ images, seed }: Pick<Settings, 'images' | 'seed'>, split: Split): Prepared {
  const train = images === 'all' ? split.train : balancedSubset(split.train, images, seed);
  const { mean, std } = standardization(train);
  const { shape, classes, length } = train;
  return { data: { train, test: split.test }, input: { shape, classes, examples: length, mean, std } };
}

/** The changes of an arm's rate, as changes of its sites' rates. */
export const rateChanges = (
  changes: readonly ArmRateChange[],
  number: number,
  { armSites }: ArmNetwork,
): readonly RateChange[] =>
  changes
    .filter(({ arm }) => arm === number)
    .flatMap(({ step, rate }) => armSites.map((site) => ({ step, site: site.name, rate })));

export interface ArmPlan extends TrainingPlan {
  readonly network: ArmNetwork;
}

/** The plan of arm `number`. The seed is that of the initial weights, the masks and the order of examples. */
export function planOf(settings: Settings, number: number, input: NetworkInput): ArmPlan {
  const arm = settings.arms[number];
  if (arm === undefined) throw new Error(`there is no arm ${number}`);
  const network = networkOf(settings, arm, input);
  return {
    network,
    loss: crossEntropy(),
    optimizer: optimizers[settings.optimizer](),
    schedule: constant(settings.lr),
    batchSize: settings.batch,
    seed: settings.seed,
    rateChanges: rateChanges(settings.changes, number, network),
  };
}
