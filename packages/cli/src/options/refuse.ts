/** @file Options that would change nothing are errors. */
import type { Given, Settings, TrainingSettings } from 'thinnet-runs';
import { UsageError } from '../usage-error.js';
import { sharedOptions, trainingOptions } from './table.js';
import type { ArmLike, Use } from './uses.js';
import { uses } from './uses.js';

const options = { ...sharedOptions, ...trainingOptions };

/** Refuses what would change nothing: an option that no arm or not the model uses, or that its own arm cannot use. */
export function refuseUnused(
  given: Given,
  { model, text }: Pick<Settings, 'model' | 'text'>,
  arms: readonly ArmLike[],
): void {
  if (text !== null && model !== 'text')
    throw new UsageError(`--text is for the model text, not ${model}; leave out --model`);
  if (text === null && model === 'text')
    throw new UsageError('--model text needs --text, the CSV column that holds the texts');
  const entries = Object.entries(uses) as unknown as [keyof typeof options, Use][];
  for (const [key, { model: only = model, isFor, arm: condition }] of entries) {
    const { flag } = options[key];
    const isGiven = given[key] !== undefined;
    const has = (arm: ArmLike) => arm.own[key as keyof TrainingSettings] !== undefined;
    if (only !== model) {
      const why = `is for ${isFor ?? `the model ${only}; ${model} has layers of its own`}`;
      if (isGiven) throw new UsageError(`--${flag} ${why}`);
      const arm = arms.find(has);
      if (arm) throw new UsageError(`--arm ${arm.spec}: ${flag} ${why}`);
    }
    if (condition === undefined) continue;
    const { holds, needs } = condition;
    const idle = arms.find((arm) => has(arm) && !holds(arm));
    if (idle) throw new UsageError(`--arm ${idle.spec}: ${flag} needs ${needs}`);
    if (isGiven && !arms.some(holds)) throw new UsageError(`--${flag} needs ${needs}, which no arm has`);
  }
}
