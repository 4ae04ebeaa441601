/** @file Checks that a plan and its data fit together, before anything is compiled. */
import type { Dataset } from '../data/dataset.js';
import { ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import type { TrainingPlan } from './plan.js';
import type { TrainingData } from './trainer-types.js';

/** Errors: sizes and bounds out of range, an input or output shape that differs from the data's, labels of the wrong sort. */
export function checkPlan(plan: TrainingPlan, data: TrainingData): void {
  whole('batchSize', plan.batchSize);
  if (plan.stepsPerRun !== undefined) whole('stepsPerRun', plan.stepsPerRun);
  if (plan.threads !== undefined) whole('threads', plan.threads);
  if (!Number.isSafeInteger(plan.seed) || plan.seed < 0)
    throw new ThinnetError(`seed is ${plan.seed}; it must be a whole number from 0 to 2^53 − 1`);
  for (const bound of ['maxNorm', 'clipNorm'] as const) {
    const value = plan[bound];
    if (value !== undefined && !(value > 0 && Number.isFinite(value)))
      throw new ThinnetError(`${bound} is ${value}; it must be above 0`);
  }
  for (const set of ['train', 'test', 'validation'] as const) {
    const dataset = data[set];
    if (dataset !== undefined) checkFit(plan, dataset, set);
  }
}

function checkFit({ network, loss }: TrainingPlan, dataset: Dataset, set: string): void {
  if (dataset.length === 0) throw new ThinnetError(`the ${set} set "${dataset.name}" is empty`);
  const [input] = network.graph.inputs;
  const wanted = input?.shape?.slice(1) ?? [];
  if (showShape(wanted) !== showShape(dataset.shape))
    throw new ThinnetError(
      `the network takes examples of shape ${showShape(wanted)}, the ${set} set "${dataset.name}" has ${showShape(dataset.shape)}`,
    );
  const outputs = network.graph.outputs[0]?.shape?.[1];
  if (loss.kind === 'crossEntropy') {
    if (dataset.classes === 0)
      throw new ThinnetError(
        `crossEntropy needs class labels; "${dataset.name}" has numbers to predict (use meanSquaredError)`,
      );
    if (typeof outputs === 'number' && outputs < dataset.classes)
      throw new ThinnetError(
        `the network has ${outputs} outputs, the ${set} set "${dataset.name}" has ${dataset.classes} classes`,
      );
    return;
  }
  const width = dataset.labels.length / dataset.length;
  if (outputs !== width)
    throw new ThinnetError(
      `the network has ${outputs} outputs, the ${set} set "${dataset.name}" has ${width} target${width === 1 ? '' : 's'} an example`,
    );
}

function whole(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new ThinnetError(`${name} is ${value}; it must be a whole number, at least 1`);
}
