/** @file What became of the cards that were verified, counted and in words. */
import type { Outcome, Verdict } from 'thinnet-deck';

/** A verdict, or that the experiment ended with an error and there is none. */
export type Ending = Verdict | 'failed';

export const endingOf = (outcome: Outcome): Ending =>
  'result' in outcome ? outcome.result.verdict : 'failed';

export const counted = (outcomes: readonly Outcome[]): Readonly<Record<Ending, number>> => {
  const counts: Record<Ending, number> = { holds: 0, 'does not hold': 0, inconclusive: 0, failed: 0 };
  for (const outcome of outcomes) counts[endingOf(outcome)]++;
  return counts;
};

const phrases: Readonly<Record<Exclude<Ending, 'holds'>, (count: number) => string>> = {
  'does not hold': (count) => (count === 1 ? 'does not hold' : 'do not hold'),
  inconclusive: (count) => `${count === 1 ? 'is' : 'are'} inconclusive`,
  failed: () => 'failed with an error',
};

/** `13 of 15 cards hold; 1 does not hold (conv); 1 is inconclusive (features).` */
export function inWords(outcomes: readonly Outcome[]): string {
  const all = outcomes.length;
  const of = (ending: Ending) => outcomes.filter((outcome) => endingOf(outcome) === ending);
  const held = of('holds').length;
  const first = `${held} of ${all} ${all === 1 ? 'card' : 'cards'} ${held === 1 ? 'holds' : 'hold'}`;
  const others = Object.entries(phrases).flatMap(([ending, phrase]) => {
    const cards = of(ending as Ending).map(({ card }) => card.id);
    return cards.length === 0 ? [] : [`${cards.length} ${phrase(cards.length)} (${cards.join(', ')})`];
  });
  return `${[first, ...others].join('; ')}.`;
}
