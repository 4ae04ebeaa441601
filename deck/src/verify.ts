/** @file Runs the cards' experiments, one after the other. */
import { ThinnetError } from 'thinnet';
import type { Card, CardId, Result } from './card.js';
import type { Laboratory } from './laboratory.js';

export interface VerifyOptions {
  /** The cards to verify; all unless given. */
  readonly only?: readonly CardId[];
  /** Called before each card's experiment; `place` counts from 0, of `count`. */
  readonly onCard?: (card: Card, place: number, count: number) => void;
}

/** What became of a card: its result, or the error that its experiment ended with. */
export type Outcome =
  | { readonly card: Card; readonly seconds: number; readonly result: Result }
  | { readonly card: Card; readonly seconds: number; readonly error: Error };

/**
 * Runs the experiments in the deck's order and gives each card's outcome as it ends. An experiment that fails is an outcome
 * too and hides none of the others; only an abort (the laboratory's signal) ends the iteration, by its reason.
 *
 * Errors: an id in `only` that is not in the deck.
 */
export async function* verify(
  deck: readonly Card[],
  laboratory: Laboratory,
  { only, onCard }: VerifyOptions = {},
): AsyncGenerator<Outcome, void> {
  const chosen = choose(deck, only);
  for (const [place, card] of chosen.entries()) {
    laboratory.signal?.throwIfAborted();
    onCard?.(card, place, chosen.length);
    const began = performance.now();
    const outcome = await attempt(card, laboratory);
    laboratory.signal?.throwIfAborted();
    yield { card, seconds: (performance.now() - began) / 1000, ...outcome };
  }
}

async function attempt(
  card: Card,
  laboratory: Laboratory,
): Promise<{ readonly result: Result } | { readonly error: Error }> {
  try {
    return { result: await card.experiment(laboratory) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function choose(deck: readonly Card[], only: readonly CardId[] | undefined): readonly Card[] {
  if (only === undefined) return deck;
  const unknown = only.find((id) => !deck.some((card) => card.id === id));
  if (unknown !== undefined)
    throw new ThinnetError(
      `there is no card "${unknown}"; the cards are ${deck.map(({ id }) => id).join(', ')}`,
    );
  return deck.filter(({ id }) => only.includes(id));
}
