/** @file What tests of trajectories share: a network trained here, and all that another framework needs to follow it. */
import type { Dataset } from '../data/dataset.js';
import { bindShape, sizeOf } from '../graph/shape.js';
import type { Network } from '../nn/network.js';
import { fillNoise } from '../noise/kinds.js';
import { permutation } from '../noise/random.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { localEngine } from '../train/local-engine.js';
import type { TrainingPlan } from '../train/plan.js';
import type { TrainingData } from '../train/trainer-types.js';

/** A tensor as JSON: its shape, and its elements row by row. */
export type JsonTensor = readonly [shape: readonly number[], elements: readonly number[]];

/** Takes the first epoch's first `steps` steps: the loss of each, the state after them, and the test set's outputs. */
export async function trainSteps(plan: TrainingPlan, data: TrainingData, steps: number) {
  const engine = await localEngine(plan, data, nodeRuntime);
  const losses = await engine.train({ epoch: 0, first: 0, count: steps });
  const state = await engine.state();
  const outputs = await engine.predict('test');
  await engine.close();
  return { losses, state, outputs };
}

/** A network's tensors of these names, as they are before training. */
export const initialTensors = (
  { graph }: Network,
  names: ReadonlySet<string>,
): Readonly<Record<string, JsonTensor>> =>
  Object.fromEntries(
    graph.initializers.flatMap(({ name, dims, data }) =>
      names.has(name) ? [[name, [dims, Array.from(data as Float32Array)]]] : [],
    ),
  );

/** What each of these steps is given: features, labels, and the mask of each site in the network's order. */
export function stepsOf({ network, batchSize, seed }: TrainingPlan, train: Dataset, steps: number) {
  const order = permutation(train.length, seed, 0);
  const width = sizeOf(train.shape);
  return Array.from({ length: steps }, (_, step) => {
    const examples = Array.from(order.subarray(step * batchSize, (step + 1) * batchSize));
    return {
      x: examples.flatMap((e) => Array.from(train.features.subarray(e * width, (e + 1) * width))),
      y: examples.map((e) => train.labels[e]),
      masks: network.sites.map((site) => {
        const shape = bindShape(site.shape, { N: batchSize });
        const mask = new Float32Array(sizeOf(shape));
        fillNoise(site, { seed, step }, mask);
        return { name: site.name, tensor: [shape, Array.from(mask)] as JsonTensor };
      }),
    };
  });
}

/** ‖a − b‖ / ‖b‖; ‖b‖² counts as `least` at least, for vectors that are all but 0. */
export function relative(a: ArrayLike<number>, b: ArrayLike<number>, least = 0): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference += ((a[i] as number) - (b[i] as number)) ** 2;
    size += (b[i] as number) ** 2;
  }
  return Math.sqrt(difference / Math.max(size, least));
}
