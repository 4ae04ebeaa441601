/** @file What is to be asked now. */
import type { StudyProgress } from './progress.js';

export interface DueCards<Id extends string> {
  /** In the order in which they are asked. */
  readonly due: readonly Id[];
  /** Being learned and soon due: asked when nothing else is left. */
  readonly soon: readonly Id[];
  /** When the first of all others is due. */
  readonly next: Date | undefined;
}

/** A card that is being learned is asked ahead of time by as much, in milliseconds, when nothing else is due. */
const ahead = 20 * 60_000;

/**
 * What is to be asked now of a deck: cards that are being learned, then those to be reviewed, each the longest due first, then
 * new ones in the deck's order.
 */
export function dueCards<Id extends string>(
  ids: readonly Id[],
  { cards }: StudyProgress,
  now: Date,
): DueCards<Id> {
  const known = ids.flatMap((id) => {
    const state = Object.hasOwn(cards, id) ? cards[id] : undefined;
    return state === undefined
      ? []
      : [{ id, isLearned: state.stage === 'review', due: Date.parse(state.due) }];
  });
  known.sort((a, b) => Number(a.isLearned) - Number(b.isLearned) || a.due - b.due);
  const time = now.getTime();
  const isSoon = ({ isLearned, due }: (typeof known)[number]) =>
    !isLearned && due > time && due <= time + ahead;
  const later = known.filter((card) => card.due > time && !isSoon(card)).map(({ due }) => due);
  return {
    due: [
      ...known.filter(({ due }) => due <= time).map(({ id }) => id),
      ...ids.filter((id) => !Object.hasOwn(cards, id)),
    ],
    soon: known.filter(isSoon).map(({ id }) => id),
    next: later.length === 0 ? undefined : new Date(Math.min(...later)),
  };
}
