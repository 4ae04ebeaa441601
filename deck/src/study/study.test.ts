import fc from 'fast-check';
import { fsrs } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import { dueCards } from './due.js';
import {
  mergeProgress,
  noStudyProgress,
  type StudyProgress,
  type StudyState,
  withState,
} from './progress.js';
import { readStudyProgress } from './read.js';
import { type Grade, grades, intervalInWords, outcomesOf, studyParameters } from './schedule.js';

const scheduler = fsrs(studyParameters);
const start = new Date('2026-01-01T08:00:00.000Z');
const later = (minutes: number, from = start) => new Date(from.getTime() + minutes * 60_000);
const minutesTo = ({ due }: StudyState, from = start) => (Date.parse(due) - from.getTime()) / 60_000;

/** The state after these grades, each given when the card was due. */
function after(...given: readonly Grade[]): { readonly state: StudyState; readonly now: Date } {
  let state: StudyState | undefined;
  let now = start;
  for (const grade of given) {
    state = outcomesOf(scheduler, state, now)[grade];
    now = new Date(state.due);
  }
  if (state === undefined) throw new Error('no grade was given');
  return { state, now };
}

describe('the schedule', () => {
  it('brings a new card again after a minute, six, ten, or days', () => {
    const outcomes = outcomesOf(scheduler, undefined, start);
    expect(grades.map((grade) => minutesTo(outcomes[grade]))).toEqual([1, 6, 10, 8 * 1440]);
    expect(grades.map((grade) => outcomes[grade].stage)).toEqual([
      'learning',
      'learning',
      'learning',
      'review',
    ]);
    expect(outcomes.good).toMatchObject({ reviews: 1, lapses: 0, lastReview: start.toISOString() });
  });

  it('is that of ts-fsrs itself, through any course of grades', () => {
    const course = fc.array(fc.tuple(fc.constantFrom(...grades), fc.integer({ min: 0, max: 60 * 24 * 90 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(course, (steps) => {
        let state: StudyState | undefined;
        let card = {
          ...{
            due: start,
            stability: 0,
            difficulty: 0,
            elapsed_days: 0,
            scheduled_days: 0,
            learning_steps: 0,
          },
          ...{ reps: 0, lapses: 0, state: 0 },
        };
        let now = start;
        for (const [grade, minutes] of steps) {
          now = later(minutes, now);
          state = outcomesOf(scheduler, state, now)[grade];
          card = scheduler.repeat(card, now)[(grades.indexOf(grade) + 1) as 1 | 2 | 3 | 4].card;
          expect([state.due, state.stability, state.difficulty, state.reviews, state.lapses]).toEqual([
            card.due.toISOString(),
            card.stability,
            card.difficulty,
            card.reps,
            card.lapses,
          ]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('lets known cards rest longer and longer, and forgotten ones come again soon', () => {
    const rests = [3, 4, 5, 6].map((count) => {
      const { state } = after(...Array.from({ length: count }, () => 'good' as const));
      return state.scheduledDays;
    });
    for (const [i, rest] of rests.entries()) if (i > 0) expect(rest).toBeGreaterThan(rests[i - 1] as number);
    const { state, now } = after('good', 'good', 'good');
    const forgotten = outcomesOf(scheduler, state, now).again;
    expect(forgotten).toMatchObject({ stage: 'relearning', lapses: 1 });
    expect(minutesTo(forgotten, now)).toBe(10);
  });

  it('tells the time until then in one unit', () => {
    const words = [0, 1, 10, 59.4, 60, 600, 1420, 1440, 8 * 1440, 60 * 1440, 800 * 1440].map((minutes) =>
      intervalInWords(start, later(minutes)),
    );
    expect(words).toEqual([
      ...['1 min', '1 min', '10 min', '59 min', '1 hour', '10 hours', '1 day', '1 day'],
      ...['8 days', '2 months', '2.2 years'],
    ]);
    expect(intervalInWords(later(5), start)).toBe('1 min');
  });
});

describe('what is to be asked', () => {
  const at = (stage: StudyState['stage'], minutes: number): StudyState => ({
    ...after('good').state,
    stage,
    due: later(minutes).toISOString(),
  });
  const progress = (cards: StudyProgress['cards']): StudyProgress => ({ ...noStudyProgress, cards });

  it('is what is being learned, then what is to be reviewed, the longest due first, then what is new', () => {
    const cards = {
      a: at('review', -5),
      b: at('review', -50),
      c: at('learning', -1),
      d: at('relearning', -2),
      e: at('review', 1),
      f: at('learning', 21),
      g: at('learning', 9),
      gone: at('learning', -9),
    };
    expect(dueCards(['n1', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'n2'], progress(cards), start)).toEqual({
      due: ['d', 'c', 'b', 'a', 'n1', 'n2'],
      soon: ['g'],
      next: later(1),
    });
  });

  it('is nothing once all is known for now', () => {
    expect(dueCards(['a'], progress({ a: at('review', 3 * 1440) }), start)).toEqual({
      due: [],
      soon: [],
      next: later(3 * 1440),
    });
    expect(dueCards([], noStudyProgress, start)).toEqual({ due: [], soon: [], next: undefined });
  });

  it('asks a new deck in its order, whatever the cards are called', () => {
    expect(dueCards(['toString', 'constructor', 'a'], noStudyProgress, start).due).toEqual([
      'toString',
      'constructor',
      'a',
    ]);
  });
});

describe('progress', () => {
  const states = fc
    .tuple(
      fc.array(fc.constantFrom(...grades), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 1e6 }),
    )
    .map(([given, minutes]) => ({
      ...after(...given).state,
      lastReview: later(minutes).toISOString(),
    }));
  const progresses = fc
    .dictionary(fc.constantFrom('what', 'training', 'conv', 'other'), states)
    .map((cards): StudyProgress => ({ ...noStudyProgress, cards }));
  const plain = (progress: StudyProgress): unknown => JSON.parse(JSON.stringify(progress));

  it('comes back from its file as it was', () => {
    fc.assert(
      fc.property(progresses, (progress) => {
        expect(plain(readStudyProgress(plain(progress), 'study.json'))).toEqual(plain(progress));
      }),
    );
  });

  it('merged has of each card the later review, whichever way, and merged again stays the same', () => {
    fc.assert(
      fc.property(progresses, progresses, (a, b) => {
        const merged = mergeProgress(a, b);
        expect(Object.keys(merged.cards).sort()).toEqual(
          [...new Set([...Object.keys(a.cards), ...Object.keys(b.cards)])].sort(),
        );
        for (const [id, state] of Object.entries(merged.cards)) {
          const times = [a, b].flatMap(({ cards }) => cards[id]?.lastReview ?? []).sort();
          expect(state.lastReview).toBe(times.at(-1));
          expect(mergeProgress(b, a).cards[id]?.lastReview).toBe(state.lastReview);
        }
        expect(mergeProgress(merged, b)).toEqual(merged);
        expect(mergeProgress(merged, a)).toEqual(merged);
      }),
    );
  });

  it('does not change where a state is added to it', () => {
    const { state } = after('good');
    expect(withState(noStudyProgress, 'what', state).cards).toEqual({ what: state });
    expect(noStudyProgress.cards).toEqual({});
  });

  const good = after('good').state;
  it.each([
    [null, 'this is no progress of a study (its "format" is not "thinnet-study")'],
    [[], 'this is no progress of a study'],
    [{ format: 'thinnet-study', version: 2, cards: {} }, 'its version is 2; this thinnet reads version 1'],
    [{ format: 'thinnet-study', version: 1 }, '"cards" is no object'],
    [{ ...noStudyProgress, cards: { what: 3 } }, 'card "what" is no object'],
    [
      { ...noStudyProgress, cards: { what: { ...good, due: 'soon' } } },
      'card "what": due is "soon", not a time such as',
    ],
    [
      { ...noStudyProgress, cards: { what: { ...good, stage: 'new' } } },
      'not one of learning, review, relearning',
    ],
    [
      { ...noStudyProgress, cards: { what: { ...good, stability: 0 } } },
      'stability is 0, not a number above 0',
    ],
    [
      { ...noStudyProgress, cards: { what: { ...good, difficulty: 11 } } },
      'difficulty is 11, not a number from 1 to 10',
    ],
    [
      { ...noStudyProgress, cards: { what: { ...good, reviews: 1.5 } } },
      'reviews is 1.5, not a whole number',
    ],
    [
      { ...noStudyProgress, cards: { what: { ...good, extra: 1 } } },
      'card "what" has an unknown field "extra"',
    ],
  ])('that is damaged is refused: %j', (json, message) => {
    expect(() => readStudyProgress(json, 'study.json')).toThrow(
      expect.objectContaining({ name: 'ThinnetError', message: expect.stringMatching(/^study\.json: /) }),
    );
    expect(() => readStudyProgress(json, 'study.json')).toThrow(message);
  });
});
