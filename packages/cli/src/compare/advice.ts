/** @file Warnings of dropout that is likely misplaced in the networks that are compared. */
import { type Advice, type AdviceName, adviseOn, type Dataset, ThinnetError } from 'thinnet';
import type { Arm } from '../arms/arm.js';
import { armNetwork } from '../arms/network.js';
import { adviceInWords } from '../inspect/words.js';
import type { Settings } from '../options/settings.js';

/** The lines to print, arm by arm; of several sites with the same advice the first stands for all. */
export function warningsOf(
  arms: readonly Arm[],
  settings: Settings,
  { shape, classes, length }: Dataset,
  silence: readonly AdviceName[],
): readonly string[] {
  const input = { shape, classes, examples: length, mean: 0, std: 1 };
  return arms
    .filter(({ drops }) => drops.length > 0)
    .flatMap((arm) => {
      try {
        const network = armNetwork(arm, settings, input, settings.seedFrom, { weights: 'zeros' });
        const advice = adviseOn(network, { silence });
        return firstOfEach(advice).map((lines) => `Warning, ${arm.label}: ${lines}`);
      } catch (error) {
        // The run tells of it, with the seed.
        if (error instanceof ThinnetError) return [];
        throw error;
      }
    });
}

function firstOfEach(advice: readonly Advice[]): readonly string[] {
  const byName = new Map<AdviceName, Advice[]>();
  for (const each of advice) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  return [...byName.values()].map(([first, ...others]) => {
    const also =
      others.length === 0 ? [] : [`  The same goes for ${others.map(({ layer }) => layer).join(', ')}.`];
    return [...adviceInWords(first as Advice), ...also].join('\n');
  });
}
