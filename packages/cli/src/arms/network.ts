/** @file An arm as a network: the same layers for all arms, with the arm's dropout in front of each dense layer. */

import type { Init, Layer, Network, Rate } from 'thinnet';
import * as thinnet from 'thinnet';
import { ThinnetError } from 'thinnet';
import type { ActivationName, SharedSettings } from '../options/settings.js';
import { UsageError } from '../usage-error.js';
import type { Arm } from './arm.js';
import { takesSchedule } from './kinds.js';
import type { Place } from './layers.js';
import { activationWith, denseWith } from './layers.js';
import { armRate } from './plan.js';

type InitName = 'heNormal' | 'lecunNormal' | 'glorotNormal';

/** For each activation the library's layer, and how the weights in front of it begin. */
const activations: Readonly<
  Record<ActivationName, { readonly layer: () => Layer; readonly init: InitName }>
> = {
  relu: { layer: () => thinnet.relu(), init: 'heNormal' },
  'leaky-relu': { layer: () => thinnet.leakyRelu(), init: 'heNormal' },
  elu: { layer: () => thinnet.elu(), init: 'heNormal' },
  selu: { layer: () => thinnet.selu(), init: 'lecunNormal' },
  gelu: { layer: () => thinnet.gelu(), init: 'heNormal' },
  tanh: { layer: () => thinnet.tanh(), init: 'glorotNormal' },
  sigmoid: { layer: () => thinnet.sigmoid(), init: 'glorotNormal' },
};

/** What a network must know of the data. */
export interface NetworkInput {
  /** Shape of one example. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** Training examples. */
  readonly examples: number;
  /** Mean and standard deviation of the features, by which the first layer standardises them. */
  readonly mean: number | ArrayLike<number>;
  readonly std: number | ArrayLike<number>;
}

/**
 * Standardise, flatten, then [input dropout,] dense, activation for each hidden width, and [dropout,] dense to the classes;
 * each dropout is in front of the dense layer that reads what it drops, since some kinds concern that layer's weights.
 * The initial weights are those of the layer's number, so that all arms of a seed begin alike, also those that learn more;
 * `zeros` spares drawing them where only the structure is looked at.
 */
export function armNetwork(
  arm: Arm,
  settings: Pick<SharedSettings, 'hidden' | 'activation' | 'batch'>,
  input: NetworkInput,
  seed: number,
  { weights = 'drawn' }: { readonly weights?: 'drawn' | 'zeros' } = {},
): Network {
  const { hidden, activation } = settings;
  const { layer, init } = activations[activation];
  const rateOf = (rate: number): Rate =>
    takesSchedule(arm.kind) ? armRate(rate, arm.training, Math.ceil(input.examples / settings.batch)) : rate;
  const begin = (name: InitName, number: number): Init =>
    weights === 'zeros' ? thinnet.zeros() : numbered(thinnet[name](), 2 * number);
  const dense = (number: number, units: number, name: string, start: InitName): readonly Layer[] =>
    denseWith(
      arm.kind,
      rateOf(number === 0 ? arm.training.inputRate : arm.rate),
      place(number, units, name, input.examples, begin(start, number)),
    );
  return thinnet.network(
    { input: input.shape, seed },
    thinnet.standardize(input.mean, input.std),
    ...(input.shape.length > 1 ? [thinnet.flatten()] : []),
    ...hidden.flatMap((width, i) => [
      ...dense(i, width, `hidden${i + 1}`, init),
      activationWith(arm.kind, layer(), arm.rate, `hidden${i + 1}.dropout`),
    ]),
    ...dense(hidden.length, input.classes, 'output', 'glorotNormal'),
  );
}

function place(number: number, units: number, name: string, examples: number, init: Init): Place {
  return {
    units,
    options: { name, init },
    isFirst: number === 0,
    dropout: number === 0 ? 'input.dropout' : `hidden${number}.dropout`,
    examples,
  };
}

/** Begins as the parameter of this number would, whatever its number in the network is. */
const numbered =
  (init: Init, number: number): Init =>
  (out, fans, seed) =>
    init(out, fans, seed, number);

/** Lets the library judge the rates, before any data is read. */
export function checkRates(arms: readonly Arm[], hidden: readonly number[]): void {
  for (const arm of arms) {
    if (arm.kind === 'none') continue;
    try {
      denseWith(arm.kind, arm.training.inputRate, place(0, 1, 'input', 1, thinnet.zeros()));
      denseWith(arm.kind, arm.rate, place(1, 1, 'hidden', 1, thinnet.zeros()));
      activationWith(arm.kind, thinnet.relu(), arm.rate, 'hidden');
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
