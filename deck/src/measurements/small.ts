/** @file Small trained classifiers of digits, one for each form of dropout, shared by several cards. */
import {
  balancedSubset,
  constant,
  crossEntropy,
  type Dataset,
  dense,
  dropout,
  flatten,
  type Layer,
  type Network,
  network,
  relu,
  sgd,
  standardDropout,
  standardization,
  standardize,
} from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { remembered } from '../memory.js';
import { type Parameters, withParameters } from '../run.js';
import { type Trained, train } from '../train.js';

export const rate = 1 / 3;
export const hidden = 128;
const [images, epochs, seed] = [1000, 20, 61];

export type Form = 'standard' | 'inverted';

const forms: Readonly<Record<Form, (options: { name: string }) => Layer>> = {
  standard: (options) => standardDropout(rate, options),
  inverted: (options) => dropout(rate, options),
};

export interface Small extends Trained {
  /** The same weights in a network that has no dropout layers. */
  readonly plain: Network;
  readonly test: Dataset;
}

/** 784-128-128-10 with dropout of rate 1/3 behind both hidden layers, or without any. */
function digits(training: Dataset, form?: Form): Network {
  const { mean, std } = standardization(training);
  const dropped = (name: string): Layer[] => (form === undefined ? [] : [forms[form]({ name })]);
  return network(
    { input: training.shape, seed },
    standardize(mean, std),
    flatten(),
    dense(hidden, { name: 'hidden1' }),
    relu({ name: 'hidden1.active' }),
    ...dropped('hidden1.dropout'),
    dense(hidden, { name: 'hidden2' }),
    relu({ name: 'hidden2.active' }),
    ...dropped('hidden2.dropout'),
    dense(10, { name: 'output' }),
  );
}

/** The network trained with one form of dropout on 1,000 digits; trained once in a laboratory. */
export const trainedSmall = (
  laboratory: Laboratory,
  form: Form,
  progress: (done: number, doing: string) => void,
): Promise<Small> =>
  remembered(laboratory, `small network, ${form} dropout`, async () => {
    const sample = await laboratory.sample('mnist');
    const training = balancedSubset(sample.train, images, seed);
    const plan = {
      network: digits(training, form),
      loss: crossEntropy(),
      optimizer: sgd({ momentum: 0.9 }),
      schedule: constant(0.01),
      batchSize: 50,
      seed,
    };
    const trained = await train(laboratory, plan, { train: training, test: sample.test }, epochs, (epoch) =>
      progress(epoch / epochs, `training with ${form} dropout`),
    );
    return { ...trained, plain: plainNetwork(training, trained.parameters), test: sample.test };
  });

const plainNetwork = (training: Dataset, parameters: Parameters): Network =>
  withParameters(digits(training), parameters);
