/** @file The progress of a study as plain data, which the terminal, the page and files share. */

/** Where a card is on its way; one that was never graded is new and has no state. */
export const stages = ['learning', 'review', 'relearning'] as const;

/** What FSRS knows of a card that was graded at least once. Times are ISO 8601 in UTC. */
export interface StudyState {
  readonly stage: (typeof stages)[number];
  readonly due: string;
  readonly lastReview: string;
  /** Days after which the answer is still known with probability 0.9. */
  readonly stability: number;
  /** From 1 to 10. */
  readonly difficulty: number;
  readonly scheduledDays: number;
  /** The step that it is at while it is learned or learned again. */
  readonly learningStep: number;
  readonly reviews: number;
  /** How often it was forgotten. */
  readonly lapses: number;
}

/** What is kept, in a file or in a browser. */
export interface StudyProgress {
  readonly format: 'thinnet-study';
  readonly version: 1;
  /** By card id; an id that the deck lacks is kept. */
  readonly cards: Readonly<Record<string, StudyState>>;
}

export const noStudyProgress: StudyProgress = { format: 'thinnet-study', version: 1, cards: {} };

/** The progress with a card's new state. */
export const withState = (progress: StudyProgress, id: string, state: StudyState): StudyProgress => ({
  ...progress,
  cards: { ...progress.cards, [id]: state },
});

/** Two courses of study in one: of each card the state that was reviewed last. */
export function mergeProgress(a: StudyProgress, b: StudyProgress): StudyProgress {
  const cards = { ...a.cards };
  for (const [id, state] of Object.entries(b.cards)) {
    const other = cards[id];
    if (other === undefined || Date.parse(state.lastReview) > Date.parse(other.lastReview)) cards[id] = state;
  }
  return { ...a, cards };
}
