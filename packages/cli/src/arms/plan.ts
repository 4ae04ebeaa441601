/** @file An arm's training plan. */

import type { Network, Optimizer, Rate, Schedule, TrainingPlan } from 'thinnet';
import {
  adamW,
  constant,
  cosine,
  crossEntropy,
  curriculumRate,
  earlyRate,
  lateRate,
  linearRate,
  sgd,
  stepDecay,
  warmUp,
} from 'thinnet';
import type { OptimizerName, RateScheduleName, ScheduleName, Settings, TrainingSettings } from 'thinnet-runs';
import type { Arm } from './arm.js';

const optimizers: Readonly<Record<OptimizerName, (t: TrainingSettings) => Optimizer>> = {
  sgd: ({ momentum, weightDecay }) => sgd({ momentum, weightDecay: { kind: 'l2', rate: weightDecay } }),
  adamw: ({ weightDecay }) => adamW({ weightDecay }),
};

/** `steps` is what is left after the warm-up. */
const schedules: Readonly<
  Record<ScheduleName, (t: TrainingSettings, steps: number, perEpoch: number) => Schedule>
> = {
  constant: ({ lr }) => constant(lr),
  step: ({ lr, stepEpochs, stepFactor }, _steps, perEpoch) =>
    stepDecay(lr, stepEpochs * perEpoch, stepFactor),
  cosine: ({ lr }, steps) => cosine(lr, steps),
};

const rateSchedules: Readonly<Record<RateScheduleName, (rate: number, steps: number) => Rate>> = {
  constant: (rate) => rate,
  linear: (rate, steps) => linearRate(0, rate, steps),
  early: earlyRate,
  late: lateRate,
  curriculum: curriculumRate,
};

/** A rate over the epochs, in steps. */
export const armRate = (
  rate: number,
  { rateSchedule, rateEpochs }: Pick<TrainingSettings, 'rateSchedule' | 'rateEpochs'>,
  stepsPerEpoch: number,
): Rate => (rate === 0 ? 0 : rateSchedules[rateSchedule](rate, rateEpochs * stepsPerEpoch));

/** The schedule over all epochs, in steps. */
export function armSchedule(training: TrainingSettings, epochs: number, stepsPerEpoch: number): Schedule {
  const steps = training.warmUp * stepsPerEpoch;
  const then = schedules[training.schedule](training, epochs * stepsPerEpoch - steps, stepsPerEpoch);
  return steps === 0 ? then : warmUp(steps, then);
}

/** All that training needs but the data. The seed is that of the initial weights, the masks and the order of examples. */
export function armPlan(
  arm: Arm,
  settings: Pick<Settings, 'epochs' | 'batch' | 'threads'>,
  network: Network,
  trainLength: number,
  seed: number,
): TrainingPlan {
  const { training } = arm;
  return {
    network,
    loss: crossEntropy({ labelSmoothing: training.labelSmoothing }),
    optimizer: optimizers[training.optimizer](training),
    schedule: armSchedule(training, settings.epochs, Math.ceil(trainLength / settings.batch)),
    batchSize: settings.batch,
    seed,
    ...(training.maxNorm === null ? {} : { maxNorm: training.maxNorm }),
    ...(training.clipNorm === null ? {} : { clipNorm: training.clipNorm }),
    ...(settings.threads === null ? {} : { threads: settings.threads }),
  };
}
