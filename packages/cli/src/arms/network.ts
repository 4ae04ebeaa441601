/** @file An arm as a network: the same layers for all arms, with the arm's dropout behind each hidden layer. */

import type { Layer, Network } from 'thinnet';
import * as thinnet from 'thinnet';
import { ThinnetError } from 'thinnet';
import type { ActivationName, SharedSettings } from '../options/settings.js';
import { UsageError } from '../usage-error.js';
import type { Arm } from './arm.js';
import { armKinds } from './kinds.js';

type Init = 'heNormal' | 'glorotNormal';

/** For each activation the library's layer, and how the weights in front of it begin. */
const activations: Readonly<Record<ActivationName, { readonly layer: () => Layer; readonly init: Init }>> = {
  relu: { layer: () => thinnet.relu(), init: 'heNormal' },
  'leaky-relu': { layer: () => thinnet.leakyRelu(), init: 'heNormal' },
  elu: { layer: () => thinnet.elu(), init: 'heNormal' },
  gelu: { layer: () => thinnet.gelu(), init: 'heNormal' },
  tanh: { layer: () => thinnet.tanh(), init: 'glorotNormal' },
  sigmoid: { layer: () => thinnet.sigmoid(), init: 'glorotNormal' },
};

/** What a network must know of the data. */
export interface NetworkInput {
  /** Shape of one example. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** Mean and standard deviation of the features, by which the first layer standardises them. */
  readonly mean: number | ArrayLike<number>;
  readonly std: number | ArrayLike<number>;
}

/**
 * Standardise, flatten, [input dropout,] then for each hidden width dense, activation [and dropout], then dense to the classes.
 * Dropout layers take part in neither the number nor the initial values of the weights, so all arms of a seed begin alike.
 */
export function armNetwork(
  arm: Arm,
  { hidden, activation }: Pick<SharedSettings, 'hidden' | 'activation'>,
  input: NetworkInput,
  seed: number,
): Network {
  const { layer, init } = activations[activation];
  return thinnet.network(
    { input: input.shape, seed },
    thinnet.standardize(input.mean, input.std),
    ...(input.shape.length > 1 ? [thinnet.flatten()] : []),
    ...dropoutOf(arm, arm.training.inputRate, 'input'),
    ...hidden.flatMap((width, i) => [
      thinnet.dense(width, { name: `hidden${i + 1}`, init: thinnet[init]() }),
      layer(),
      ...dropoutOf(arm, arm.rate, `hidden${i + 1}`),
    ]),
    thinnet.dense(input.classes, { name: 'output', init: thinnet.glorotNormal() }),
  );
}

function dropoutOf(arm: Arm, rate: number, place: string): Layer[] {
  const { layer } = armKinds[arm.kind];
  return layer === null || rate === 0 ? [] : [thinnet[layer](rate, { name: `${place}.dropout` })];
}

/** Lets the library judge the rates, before any data is read. */
export function checkRates(arms: readonly Arm[], hidden: readonly number[]): void {
  for (const arm of arms) {
    if (armKinds[arm.kind].layer === null) continue;
    try {
      dropoutOf(arm, arm.training.inputRate, 'input');
      dropoutOf(arm, arm.rate, 'hidden');
    } catch (error) {
      if (error instanceof ThinnetError) throw new UsageError(`--arm ${arm.spec}: ${error.message}`);
      throw error;
    }
    if (hidden.length === 0 && arm.training.inputRate === 0) {
      throw new UsageError(
        `--arm ${arm.spec}: with --hidden none and --input-rate 0 there is no place for dropout`,
      );
    }
  }
}
