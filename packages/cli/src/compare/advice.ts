/** @file Warnings of dropout that is likely misplaced in the networks that are compared. */

import { type Advice, type AdviceName, adviseOn, type Dataset, isTextDataset, ThinnetError } from 'thinnet';
import type { ModelName, Settings } from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import { armNetwork } from '../arms/network.js';
import { adviceInWords } from '../inspect/words.js';

/** The lines to print, arm by arm; of several sites with the same advice the first stands for all. */
export function warningsOf(
  arms: readonly Arm[],
  settings: Settings,
  train: Dataset,
  silence: readonly AdviceName[],
): readonly string[] {
  const { shape, classes, length } = train;
  const of = isTextDataset(train) ? { words: train.vocabulary.words.length } : { scale: { mean: 0, std: 1 } };
  const input = { shape, classes, examples: length, ...of };
  return arms
    .filter(({ drops }) => drops.length > 0)
    .flatMap((arm) => {
      try {
        const network = armNetwork(arm, settings, input, settings.seedFrom, { weights: 'zeros' });
        const advice = adviseOn(network, { silence }).map((each) => ({
          ...each,
          remedy: remedyOf(each, settings.model),
        }));
        return firstOfEach(advice).map((lines) => `Warning, ${arm.label}: ${lines}`);
      } catch (error) {
        // The run tells of it, with the seed.
        if (error instanceof ThinnetError) return [];
        throw error;
      }
    });
}

/** What to do in the words of the command line; the library's own remedy where that says it too. */
const remedies: Readonly<Partial<Record<AdviceName, (model: ModelName) => string>>> = {
  'element-wise-on-feature-map': () =>
    'drop whole feature maps or squares of them: --arm spatial=… or --arm dropblock=… instead of elementwise',
  'before-batch-normalization': (model) =>
    `lower its rate${model === 'resnet20' ? ', or drop residual branches (--arm depth=…) or ahead of the dense layer (--arm dropout=…)' : ''}`,
  // Of the other models no activation can be chosen.
  'alpha-without-selu': (model) =>
    `use ${model === 'mlp' ? '--activation selu, or ' : ''}another kind such as --arm dropout=…`,
};

const remedyOf = ({ name, remedy }: Advice, model: ModelName): string => remedies[name]?.(model) ?? remedy;

function firstOfEach(advice: readonly Advice[]): readonly string[] {
  const byName = new Map<AdviceName, Advice[]>();
  for (const each of advice) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return [...byName.values()].map(([first, ...others]) => {
    const also =
      others.length === 0 ? [] : [`  The same goes for ${others.map(({ layer }) => layer).join(', ')}.`];
    return [...adviceInWords(first as Advice), ...also].join('\n');
  });
}
