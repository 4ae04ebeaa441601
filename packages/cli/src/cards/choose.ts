/** @file The cards that the command line names. */
import type { Card } from 'thinnet-deck';
import { didYouMean } from '../options/nearest.js';
import { UsageError } from '../usage-error.js';

/** The named cards in the deck's order; all of them where none is named. Error: a name that is no card's. */
export function chosenCards(deck: readonly Card[], names: readonly string[] | undefined): readonly Card[] {
  if (names === undefined) return deck;
  const ids: readonly string[] = deck.map(({ id }) => id);
  const unknown = names.find((name) => !ids.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `there is no card ${JSON.stringify(unknown)}${didYouMean(unknown, ids)}; the cards are ${ids.join(', ')}`,
    );
  }
  return deck.filter(({ id }) => names.includes(id));
}
