/** @file When a setting is of use: what would change nothing is refused, and left out of the command that repeats a run. */
import type { ModelName, Settings, TrainingSettings } from 'thinnet-runs';
import { schedulableKinds, takesSchedule } from '../arms/kinds.js';

/** What is asked of an arm. */
export interface ArmLike {
  readonly spec: string;
  readonly drops: readonly { readonly kind: string }[];
  readonly own: Partial<TrainingSettings>;
  readonly training: TrainingSettings;
}

export interface Use {
  /** The only model that has a use for it. */
  readonly model?: ModelName;
  /** What it is for, where other models lack more than a layer. */
  readonly isFor?: string;
  /** What an arm must have to use it, and that in words. */
  readonly arm?: { readonly holds: (arm: ArmLike) => boolean; readonly needs: string };
  /** The setting on which its default depends: an arm that has that for itself has another default. */
  readonly follows?: keyof TrainingSettings;
}

const withSgd = {
  holds: ({ training }: ArmLike) => training.optimizer === 'sgd',
  needs: 'the optimizer sgd',
};
const withSteps = {
  holds: ({ training }: ArmLike) => training.schedule === 'step',
  needs: 'the schedule step',
};

/** The settings that are not of use always. */
export const uses: { readonly [K in keyof Settings]?: Use } = {
  hidden: { model: 'mlp' },
  activation: { model: 'mlp' },
  words: { model: 'text', isFor: 'texts; name the CSV column that holds them with --text' },
  length: { model: 'text', isFor: 'texts; name the CSV column that holds them with --text' },
  lr: { follows: 'optimizer' },
  weightDecay: { follows: 'optimizer' },
  momentum: { arm: withSgd, follows: 'optimizer' },
  stepEpochs: { arm: withSteps },
  stepFactor: { arm: withSteps },
  rateSchedule: {
    arm: {
      holds: ({ drops }) => drops.some(({ kind }) => takesSchedule(kind)),
      needs: `a kind whose rate may change (${schedulableKinds})`,
    },
  },
  rateEpochs: {
    arm: { holds: ({ training }) => training.rateSchedule !== 'constant', needs: 'a rate-schedule' },
    follows: 'rateSchedule',
  },
  blockSize: {
    arm: {
      holds: ({ drops }) => drops.some(({ kind }) => kind === 'dropblock'),
      needs: 'the kind dropblock',
    },
  },
  inputRate: {
    model: 'mlp',
    arm: { holds: ({ drops }) => drops.length > 0, needs: 'an arm with dropout' },
  },
};

/** Whether the value that a setting has for all arms is one that a command may say: it is of use, and no arm's default differs. */
export function isSayable(
  key: keyof Settings,
  { model }: Pick<Settings, 'model'>,
  arms: readonly ArmLike[],
): boolean {
  const use = uses[key] ?? {};
  const { arm, follows } = use;
  return (
    (use.model ?? model) === model &&
    (arm === undefined || arms.some(arm.holds)) &&
    (follows === undefined || arms.every(({ own }) => own[follows] === undefined))
  );
}
