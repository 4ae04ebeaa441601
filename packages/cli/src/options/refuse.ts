/** @file Options that would change nothing are errors. */
import { schedulableKinds, takesSchedule } from '../arms/kinds.js';
import { UsageError } from '../usage-error.js';
import type { Given, Settings, TrainingSettings } from './settings.js';

/** Options that are of use only under a condition on the arm. */
const conditions: readonly {
  readonly setting:
    | 'momentum'
    | 'stepEpochs'
    | 'stepFactor'
    | 'rateSchedule'
    | 'rateEpochs'
    | 'blockSize'
    | 'inputRate';
  readonly flag: string;
  readonly holds: (arm: ArmLike) => boolean;
  readonly needs: string;
}[] = [
  {
    setting: 'momentum',
    flag: 'momentum',
    holds: ({ training }) => training.optimizer === 'sgd',
    needs: 'the optimizer sgd',
  },
  {
    setting: 'stepEpochs',
    flag: 'step-epochs',
    holds: ({ training }) => training.schedule === 'step',
    needs: 'the schedule step',
  },
  {
    setting: 'stepFactor',
    flag: 'step-factor',
    holds: ({ training }) => training.schedule === 'step',
    needs: 'the schedule step',
  },
  {
    setting: 'rateSchedule',
    flag: 'rate-schedule',
    holds: ({ drops }) => drops.some(({ kind }) => takesSchedule(kind)),
    needs: `a kind whose rate may change (${schedulableKinds})`,
  },
  {
    setting: 'rateEpochs',
    flag: 'rate-epochs',
    holds: ({ training }) => training.rateSchedule !== 'constant',
    needs: 'a rate-schedule',
  },
  {
    setting: 'blockSize',
    flag: 'block-size',
    holds: ({ drops }) => drops.some(({ kind }) => kind === 'dropblock'),
    needs: 'the kind dropblock',
  },
  {
    setting: 'inputRate',
    flag: 'input-rate',
    holds: ({ drops }) => drops.length > 0,
    needs: 'an arm with dropout',
  },
];

/** Options of `mlp` alone. */
const ofMlp = { hidden: 'hidden', activation: 'activation', inputRate: 'input-rate' } as const;

interface ArmLike {
  readonly spec: string;
  readonly drops: readonly { readonly kind: string }[];
  readonly own: Partial<TrainingSettings>;
  readonly training: TrainingSettings;
}

/** Refuses what would change nothing: an option that no arm or not the model uses, or that its own arm cannot use. */
export function refuseUnused(
  given: Given,
  { model }: Pick<Settings, 'model'>,
  arms: readonly ArmLike[],
): void {
  if (model !== 'mlp') refuseOfMlp(given, model, arms);
  for (const { setting, flag, holds, needs } of conditions) {
    const idle = arms.find((arm) => arm.own[setting] !== undefined && !holds(arm));
    if (idle) throw new UsageError(`--arm ${idle.spec}: ${flag} needs ${needs}`);
    if (given[setting] !== undefined && !arms.some(holds)) {
      throw new UsageError(`--${flag} needs ${needs}, which no arm has`);
    }
  }
}

function refuseOfMlp(given: Given, model: string, arms: readonly ArmLike[]): void {
  for (const [setting, flag] of Object.entries(ofMlp)) {
    const why = `is for the model mlp; ${model} has layers of its own`;
    if (given[setting as keyof typeof ofMlp] !== undefined) throw new UsageError(`--${flag} ${why}`);
    const arm = arms.find(({ own }) => own[setting as keyof TrainingSettings] !== undefined);
    if (arm) throw new UsageError(`--arm ${arm.spec}: ${flag} ${why}`);
  }
}
