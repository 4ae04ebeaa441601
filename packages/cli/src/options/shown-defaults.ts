/** @file The defaults of `thinnet compare` in words, for its help. */
import { type ModelName, modelNames, optimizerNames } from 'thinnet-runs';
import { commonDefaults, defaultModel, modelDefaults, mostAtOnce, namedDataSubset } from './defaults.js';
import type { OptionEntry } from './table.js';

type ModelDefaults = (typeof modelDefaults)[ModelName];

/** One text for all models, or each text with the models that it is for: `30 (mlp), 20 (cnn, allconv)`. */
export function byModel(textOf: (defaults: ModelDefaults) => string): string {
  const texts = new Map<string, ModelName[]>();
  for (const model of modelNames) {
    const text = textOf(modelDefaults[model]);
    texts.set(text, [...(texts.get(text) ?? []), model]);
  }
  if (texts.size === 1) return textOf(modelDefaults[defaultModel]);
  return [...texts].map(([text, models]) => `${text} (${models.join(', ')})`).join(', ');
}

const byOptimizer = (setting: 'lr' | 'weightDecay'): string =>
  optimizerNames
    .map((name) => `with ${name} ${byModel(({ byOptimizer }) => String(byOptimizer[name][setting]))}`)
    .join('; ');

/** Defaults that are no single value of the tables. */
const worded: Readonly<Record<string, string>> = {
  model: `${defaultModel}; with --text text`,
  subset: `${namedDataSubset} of mnist and fashion, all of a file`,
  length: 'auto: enough for 19 training texts of 20, at most 80',
  inputRate: String(modelDefaults.mlp.inputRate),
  hidden: modelDefaults.mlp.hidden.join(','),
  lr: byOptimizer('lr'),
  momentum: byModel(({ byOptimizer }) => String(byOptimizer.sgd.momentum)),
  weightDecay: byOptimizer('weightDecay'),
  stepEpochs: 'a third of the epochs',
  rateEpochs: 'all epochs for linear and curriculum, half of them for early and late',
  validation: '0, with early stopping 0.1',
  atOnce: `auto: a run for each processor, at most ${mostAtOnce}; one where --threads is given`,
};

/** An option's default, if it has one. */
export function shownDefault(key: string, { kind }: OptionEntry<never>): string | undefined {
  const text = worded[key];
  if (text !== undefined) return text;
  if (key in modelDefaults[defaultModel])
    return byModel((defaults) => kind.format(defaults[key as keyof ModelDefaults] as never));
  const value: unknown = (commonDefaults as Readonly<Record<string, unknown>>)[key];
  return value === null ? undefined : kind.format(value as never);
}

/** The arms of the models, `none and dropout=0.5 (mlp, cnn), …`. */
export const shownArms = byModel(({ arms }) => arms.join(' and '));
