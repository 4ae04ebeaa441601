/** @file Checks that a plan and its data fit together, before anything is compiled. */
import type { Dataset } from '../data/dataset.js';
import { shown, ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import type { TrainingPlan } from './plan.js';
import { checkParts } from './plan-parts.js';
import type { TrainingData } from './trainer-types.js';

const planKeys: KeysOf<TrainingPlan> = {
  network: true,
  loss: true,
  optimizer: true,
  schedule: true,
  maxNorm: true,
  clipNorm: true,
  rateChanges: true,
  batchSize: true,
  seed: true,
  stepsPerRun: true,
  threads: true,
};
const dataKeys: KeysOf<TrainingData> = { train: true, test: true, validation: true };

/**
 * Errors: unknown parts of a plan, or parts that are not what they have to be; sizes and bounds out of range; an input or
 * output shape that differs from the data's; labels of the wrong sort.
 */
export function checkPlan(plan: TrainingPlan, data: TrainingData): void {
  checkPlanAlone(plan);
  checkOptions('data', data, dataKeys);
  for (const set of ['train', 'test', 'validation'] as const) {
    const dataset = data[set];
    if (dataset === undefined && set === 'validation') continue;
    if (!ArrayBuffer.isView(dataset?.features) || !ArrayBuffer.isView(dataset?.labels))
      throw new ThinnetError(
        `data: ${set} is ${shown(dataset)}; it must be a dataset: { name, length, shape, features, labels, classes }`,
      );
    checkFit(plan, dataset, set);
  }
}

/** `checkPlan` as far as it does not need the data. */
export function checkPlanAlone(plan: TrainingPlan): void {
  checkOptions('plan', plan, planKeys);
  if (!Array.isArray(plan.network?.graph?.inputs) || !Array.isArray(plan.network.parameters))
    throw new ThinnetError(
      `plan: network is ${shown(plan.network)}; it must be what network(…) or fromOnnx(…) gives`,
    );
  checkParts(plan);
  if (plan.rateChanges !== undefined && !Array.isArray(plan.rateChanges))
    throw new ThinnetError(`plan: rateChanges is ${shown(plan.rateChanges)}; it must be a list`);
  whole('batchSize', plan.batchSize);
  if (plan.stepsPerRun !== undefined) whole('stepsPerRun', plan.stepsPerRun);
  if (plan.threads !== undefined) whole('threads', plan.threads);
  if (!Number.isSafeInteger(plan.seed) || plan.seed < 0)
    throw new ThinnetError(`seed is ${shown(plan.seed)}; it must be a whole number from 0 to 2^53 − 1`);
  for (const bound of ['maxNorm', 'clipNorm'] as const) {
    const value = plan[bound];
    if (value !== undefined && !(value > 0 && Number.isFinite(value)))
      throw new ThinnetError(`${bound} is ${shown(value)}; it must be above 0`);
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
    throw new ThinnetError(`${name} is ${shown(value)}; it must be a whole number, at least 1`);
}
