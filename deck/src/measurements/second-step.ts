/** @file What a training step does to the weights of neurons that were kept in the step before and are dropped in this one. */
import {
  constant,
  crossEntropy,
  type Dataset,
  dense,
  dropout,
  fillNormal,
  network,
  type Optimizer,
  sgd,
  tanh,
} from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { noiseOf } from '../masks.js';
import type { Parameters } from '../run.js';

const [inputs, units, outputs, seed] = [8, 64, 3, 52];

/** How training may move a weight that has no gradient. */
export const optimizers = {
  'plain SGD': sgd({}),
  momentum: sgd({ momentum: 0.9 }),
  'weight decay': sgd({ weightDecay: { kind: 'decoupled', rate: 0.01 } }),
} as const satisfies Record<string, Optimizer>;

export type OptimizerName = keyof typeof optimizers;

export interface Movement {
  /** Outgoing weights of the neurons kept in the first step and dropped in the second. */
  readonly weights: number;
  /** How many of them the second step changed. */
  readonly moved: number;
  /** Root mean square of the changes. */
  readonly size: number;
}

/** Trains for two steps on one example, so that a dropped neuron is dropped in the whole mini-batch. */
export async function secondStep(laboratory: Laboratory, name: OptimizerName): Promise<Movement> {
  laboratory.signal?.throwIfAborted();
  const built = network(
    { input: [inputs], seed },
    dense(units, { name: 'hidden' }),
    tanh(),
    dropout(0.5, { name: 'dropout' }),
    dense(outputs, { name: 'next' }),
  );
  const plan = {
    network: built,
    loss: crossEntropy(),
    optimizer: optimizers[name],
    schedule: constant(0.1),
    batchSize: 1,
    seed,
  };
  const one = example();
  const trainer = await laboratory.trainer(plan, { train: one, test: one });
  const after: Parameters[] = [];
  try {
    for await (const _ of trainer.fit({ epochs: 2 })) after.push(await trainer.parameters());
  } finally {
    await trainer.close();
  }
  const masks = [0, 1].map(
    (step) => noiseOf(laboratory, built, 1, { seed, step })['noise.dropout']?.data as Float32Array,
  );
  const [first, second] = after.map((parameters) => parameters['next.weight'] as Float32Array);
  const chosen = Array.from({ length: units }, (_, unit) => unit).filter(
    (unit) => masks[0]?.[unit] !== 0 && masks[1]?.[unit] === 0,
  );
  const changes = chosen.flatMap((unit) =>
    Array.from({ length: outputs }, (_, k) => {
      const at = unit * outputs + k;
      return (second?.[at] as number) - (first?.[at] as number);
    }),
  );
  return {
    weights: changes.length,
    moved: changes.filter((change) => change !== 0).length,
    size: Math.sqrt(changes.reduce((sum, change) => sum + change * change, 0) / changes.length),
  };
}

function example(): Dataset {
  const features = new Float32Array(inputs);
  fillNormal(features, seed, 100, 0, 1);
  return {
    name: 'one example',
    length: 1,
    shape: [inputs],
    features,
    labels: Int32Array.of(1),
    classes: outputs,
  };
}
