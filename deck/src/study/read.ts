/** @file Progress from a file: checked at the edge. */
import { ThinnetError } from 'thinnet';
import { noStudyProgress, type StudyProgress, type StudyState, stages } from './progress.js';

/** Progress from parsed JSON. Errors: what of it is no progress of a study; `place` names the file. */
export function readStudyProgress(json: unknown, place: string): StudyProgress {
  const wrong = (what: string) => new ThinnetError(`${place}: ${what}`);
  if (!isRecord(json) || json.format !== 'thinnet-study')
    throw wrong('this is no progress of a study (its "format" is not "thinnet-study")');
  if (json.version !== 1)
    throw wrong(`its version is ${JSON.stringify(json.version)}; this thinnet reads version 1`);
  if (!isRecord(json.cards)) throw wrong('"cards" is no object');
  const cards = Object.entries(json.cards).map(([id, state]) => {
    if (!isRecord(state)) throw wrong(`card ${JSON.stringify(id)} is no object`);
    for (const [field, { wanted, accepts }] of Object.entries(fields)) {
      const value = state[field];
      if (!accepts(value))
        throw wrong(`card ${JSON.stringify(id)}: ${field} is ${JSON.stringify(value)}, not ${wanted}`);
    }
    const unknown = Object.keys(state).find((field) => !Object.hasOwn(fields, field));
    if (unknown !== undefined) throw wrong(`card ${JSON.stringify(id)} has an unknown field "${unknown}"`);
    return [id, state as unknown as StudyState] as const;
  });
  return { ...noStudyProgress, cards: Object.fromEntries(cards) };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Field {
  readonly wanted: string;
  accepts(value: unknown): boolean;
}

const time: Field = {
  wanted: 'a time such as 2026-01-31T12:00:00.000Z',
  accepts: (value) => typeof value === 'string' && Number.isFinite(Date.parse(value)),
};
const numberFrom = (least: number): Field => ({
  wanted: `a number of at least ${least}`,
  accepts: (value) => typeof value === 'number' && Number.isFinite(value) && value >= least,
});
const whole: Field = {
  wanted: 'a whole number of at least 0',
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

const fields: { readonly [F in keyof StudyState]: Field } = {
  stage: {
    wanted: `one of ${stages.join(', ')}`,
    accepts: (value) => stages.some((stage) => stage === value),
  },
  due: time,
  lastReview: time,
  // ts-fsrs refuses less.
  stability: { wanted: 'a number above 0', accepts: (value) => numberFrom(0).accepts(value) && value !== 0 },
  difficulty: {
    wanted: 'a number from 1 to 10',
    accepts: (value) => numberFrom(1).accepts(value) && (value as number) <= 10,
  },
  scheduledDays: numberFrom(0),
  learningStep: whole,
  reviews: whole,
  lapses: whole,
};
