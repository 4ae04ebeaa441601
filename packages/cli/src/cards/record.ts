/** @file A verification as data: what `cards.json` holds. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Outcome } from 'thinnet-deck';
import { versions } from '../compare/versions.js';
import { counted, type Ending, endingOf } from './outcome.js';

export interface Verification {
  readonly outcomes: readonly Outcome[];
  /** When it began. */
  readonly began: Date;
  readonly seconds: number;
  /** Whether every card that was asked for came to its end. */
  readonly isComplete: boolean;
  /** The command that asks for it again. */
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Versions of all that the numbers depend on. */
export function cardVersions(): Readonly<Record<string, string>> {
  const deck = createRequire(import.meta.url).resolve('thinnet-deck/package.json');
  const { version } = JSON.parse(readFileSync(deck, 'utf8')) as { version: string };
  return { ...versions(), 'thinnet-deck': version };
}

/** The content of `cards.json`. */
export interface CardsJson {
  readonly format: 1;
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  /** ISO 8601, UTC. */
  readonly began: string;
  readonly seconds: number;
  readonly isComplete: boolean;
  readonly verdicts: Readonly<Record<Ending, number>>;
  readonly cards: readonly object[];
}

/** All numbers; those that JSON cannot write (NaN, infinities) become strings. */
export const cardsJson = (verification: Verification): CardsJson => ({
  format: 1,
  command: verification.command,
  versions: verification.versions,
  began: verification.began.toISOString(),
  seconds: rounded(verification.seconds),
  isComplete: verification.isComplete,
  verdicts: counted(verification.outcomes),
  cards: verification.outcomes.map((outcome) => {
    const { id, section, question, claim } = outcome.card;
    const head = {
      id,
      section,
      question,
      claim,
      seconds: rounded(outcome.seconds),
      verdict: endingOf(outcome),
    };
    if ('error' in outcome) return { ...head, error: outcome.error.message };
    const { summary, findings, numbers, pictures } = outcome.result;
    return { ...head, summary, findings, numbers, pictures };
  }),
});

export const cardsJsonText = (verification: Verification): string => {
  const text = JSON.stringify(cardsJson(verification), (_, value: unknown) => writable(value), 2);
  // Rows of numbers on a line each; a line break in JSON is never within a string.
  return `${text.replace(/\[\n([^[\]{}]*?)\n *\]/g, (_, inner: string) => `[${inner.trim().replace(/,\n */g, ', ')}]`)}\n`;
};

const writable = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

const rounded = (seconds: number): number => Number(seconds.toFixed(3));
