/** @file When a graded card comes again: FSRS, by the library ts-fsrs, which the caller passes in. */
import { type StudyState, stages } from './progress.js';

/** How well the answer was known, from the keys 1 to 4. */
export const grades = ['again', 'hard', 'good', 'easy'] as const;

export type Grade = (typeof grades)[number];

/** Parameters for `fsrs(…)`: everyone who reads the progress schedules alike. */
export const studyParameters = {
  request_retention: 0.9,
  maximum_interval: 36500,
  enable_fuzz: false,
  enable_short_term: true,
  learning_steps: ['1m', '10m'],
  relearning_steps: ['10m'],
} as const;

interface FsrsCard {
  due: Date;
  stability: number;
  difficulty: number;
  elapsed_days: number;
  scheduled_days: number;
  learning_steps: number;
  reps: number;
  lapses: number;
  state: number;
  last_review?: Date;
}

/** What is used of ts-fsrs: `fsrs(studyParameters)` is one. */
export interface Scheduler {
  repeat(card: FsrsCard, now: Date): { readonly [rating in 1 | 2 | 3 | 4]: { readonly card: FsrsCard } };
}

/** The state that each grade would lead to; `state` is undefined for a new card. */
export function outcomesOf(
  scheduler: Scheduler,
  state: StudyState | undefined,
  now: Date,
): Readonly<Record<Grade, StudyState>> {
  const preview = scheduler.repeat(toFsrs(state, now), now);
  return {
    again: fromFsrs(preview[1].card, now),
    hard: fromFsrs(preview[2].card, now),
    good: fromFsrs(preview[3].card, now),
    easy: fromFsrs(preview[4].card, now),
  };
}

function toFsrs(state: StudyState | undefined, now: Date): FsrsCard {
  if (state === undefined) {
    const zeros = { stability: 0, difficulty: 0, elapsed_days: 0, scheduled_days: 0, learning_steps: 0 };
    return { due: now, ...zeros, reps: 0, lapses: 0, state: 0 };
  }
  return {
    due: new Date(state.due),
    stability: state.stability,
    difficulty: state.difficulty,
    // FSRS reckons the days from the last review.
    elapsed_days: 0,
    scheduled_days: state.scheduledDays,
    learning_steps: state.learningStep,
    reps: state.reviews,
    lapses: state.lapses,
    state: 1 + stages.indexOf(state.stage),
    last_review: new Date(state.lastReview),
  };
}

const fromFsrs = (card: FsrsCard, now: Date): StudyState => ({
  stage: stages[card.state - 1] ?? 'learning',
  due: card.due.toISOString(),
  lastReview: now.toISOString(),
  stability: card.stability,
  difficulty: card.difficulty,
  scheduledDays: card.scheduled_days,
  learningStep: card.learning_steps,
  reviews: card.reps,
  lapses: card.lapses,
});

/** The time until then in one unit: `10 min`, `3 days`, `5 months`. */
export function intervalInWords(from: Date, to: Date): string {
  const minutes = Math.max(0, to.getTime() - from.getTime()) / 60_000;
  const days = minutes / 1440;
  const counted = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;
  if (minutes < 59.5) return `${Math.max(1, Math.round(minutes))} min`;
  if (days < 0.98) return counted(Math.round(minutes / 60), 'hour');
  if (days < 45) return counted(Math.round(days), 'day');
  if (days < 700) return counted(Math.round(days / 30.44), 'month');
  return counted(Number((days / 365.25).toFixed(1)), 'year');
}
