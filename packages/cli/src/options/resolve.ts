/** @file From what was asked for to complete settings: the defaults filled in, contradictions refused. */
import { schedulableKinds, takesSchedule } from '../arms/kinds.js';
import { UsageError } from '../usage-error.js';
import { defaults, earlyStoppingValidation, namedDataSubset, optimizerDefaults } from './defaults.js';
import type { Given, OptimizerName, RateScheduleName, Settings, TrainingSettings } from './settings.js';

/** Data sets that come by name. */
export const namedData: readonly string[] = ['mnist', 'fashion', 'fashion-mnist'];

/** Complete settings; those of single arms are resolved with their arm. */
export function resolveSettings(given: Given): Settings {
  const data = given.data ?? defaults.data;
  const epochs = given.epochs ?? defaults.epochs;
  const earlyStopping = given.earlyStopping ?? null;
  const validation = given.validation ?? (earlyStopping === null ? 0 : earlyStoppingValidation);
  if (earlyStopping !== null && validation === 0) {
    throw new UsageError('--early-stopping needs validation examples, but --validation is 0');
  }
  const lastSeed = (given.seedFrom ?? defaults.seedFrom) + (given.seeds ?? defaults.seeds) - 1;
  if (!Number.isSafeInteger(lastSeed))
    throw new UsageError('--seed-from is too large: seeds end at 2^53 − 1');
  return {
    ...defaults,
    subset: namedData.includes(data) ? namedDataSubset : defaults.subset,
    ...given,
    ...resolveTraining(given, {}, epochs),
    earlyStopping,
    validation,
  };
}

/** Epochs until a rate that changes has its last value, where none are given. */
const rateEpochs: Readonly<Record<RateScheduleName, (epochs: number) => number>> = {
  constant: (epochs) => epochs,
  linear: (epochs) => epochs,
  early: (epochs) => Math.ceil(epochs / 2),
  late: (epochs) => Math.ceil(epochs / 2),
  curriculum: (epochs) => epochs,
};

/** An arm's training settings: its own first, then those given for all, then the optimizer's and the general defaults. */
export function resolveTraining(
  given: Given,
  own: Partial<TrainingSettings>,
  epochs: number,
): TrainingSettings {
  const asked = { ...given, ...own };
  const optimizer: OptimizerName = asked.optimizer ?? defaults.optimizer;
  const rateSchedule = asked.rateSchedule ?? defaults.rateSchedule;
  const training: TrainingSettings = {
    inputRate: asked.inputRate ?? defaults.inputRate,
    rateSchedule,
    rateEpochs: asked.rateEpochs ?? rateEpochs[rateSchedule](epochs),
    optimizer,
    lr: asked.lr ?? optimizerDefaults[optimizer].lr,
    momentum: (optimizer === 'sgd' ? asked.momentum : own.momentum) ?? optimizerDefaults[optimizer].momentum,
    weightDecay: asked.weightDecay ?? optimizerDefaults[optimizer].weightDecay,
    maxNorm: asked.maxNorm === undefined ? defaults.maxNorm : asked.maxNorm,
    clipNorm: asked.clipNorm === undefined ? defaults.clipNorm : asked.clipNorm,
    labelSmoothing: asked.labelSmoothing ?? defaults.labelSmoothing,
    schedule: asked.schedule ?? defaults.schedule,
    stepEpochs: asked.stepEpochs ?? Math.ceil(epochs / 3),
    stepFactor: asked.stepFactor ?? defaults.stepFactor,
    warmUp: asked.warmUp ?? defaults.warmUp,
  };
  if (training.warmUp >= epochs && training.warmUp > 0) {
    throw new UsageError(`--warm-up is ${training.warmUp} epochs, but the run has only ${epochs}`);
  }
  const switches = rateSchedule === 'early' || rateSchedule === 'late';
  if (switches && training.rateEpochs >= epochs) {
    throw new UsageError(
      `--rate-epochs is ${training.rateEpochs}, but the run has only ${epochs}: the rate would never change`,
    );
  }
  return training;
}

/** Options that are of use only under a condition on the arm. */
const conditions: readonly {
  readonly setting: 'momentum' | 'stepEpochs' | 'stepFactor' | 'rateSchedule' | 'rateEpochs';
  readonly flag: string;
  readonly holds: (training: TrainingSettings, kind: string) => boolean;
  readonly needs: string;
}[] = [
  { setting: 'momentum', flag: 'momentum', holds: (t) => t.optimizer === 'sgd', needs: 'the optimizer sgd' },
  {
    setting: 'stepEpochs',
    flag: 'step-epochs',
    holds: (t) => t.schedule === 'step',
    needs: 'the schedule step',
  },
  {
    setting: 'stepFactor',
    flag: 'step-factor',
    holds: (t) => t.schedule === 'step',
    needs: 'the schedule step',
  },
  {
    setting: 'rateSchedule',
    flag: 'rate-schedule',
    holds: (_, kind) => takesSchedule(kind),
    needs: `a kind whose rate may change (${schedulableKinds})`,
  },
  {
    setting: 'rateEpochs',
    flag: 'rate-epochs',
    holds: (t) => t.rateSchedule !== 'constant',
    needs: 'a rate-schedule',
  },
];

interface ArmLike {
  readonly spec: string;
  readonly kind: string;
  readonly own: Partial<TrainingSettings>;
  readonly training: TrainingSettings;
}

/** Refuses what would change nothing: an option that no arm uses, or that its own arm cannot use. */
export function refuseUnused(given: Given, arms: readonly ArmLike[]): void {
  if (given.inputRate !== undefined && arms.every(({ kind }) => kind === 'none')) {
    throw new UsageError('--input-rate needs an arm with dropout, which no arm has');
  }
  for (const { setting, flag, holds, needs } of conditions) {
    const idle = arms.find((arm) => arm.own[setting] !== undefined && !holds(arm.training, arm.kind));
    if (idle) throw new UsageError(`--arm ${idle.spec}: ${flag} needs ${needs}`);
    if (given[setting] !== undefined && !arms.some((arm) => holds(arm.training, arm.kind))) {
      throw new UsageError(`--${flag} needs ${needs}, which no arm has`);
    }
  }
}
