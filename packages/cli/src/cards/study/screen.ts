/** @file What a study shows in the terminal. */
import { type Card, type Grade, grades, intervalInWords, type Outcome, type StudyState } from 'thinnet-deck';
import { cardsTable } from '../table.js';
import { answerLines, questionLines, styled, type Terminal, textLines } from '../terminal/index.js';

/** The keys of the grades. */
export const gradeKeys: Readonly<Record<string, Grade>> = Object.fromEntries(
  grades.map((grade, i) => [String(i + 1), grade]),
);

const keyLine = (keys: readonly (readonly [string, string])[], terminal: Terminal): string =>
  keys.map(([key, does]) => `${styled(key, 'bold', terminal)} ${does}`).join('    ');

export const beforeAnswer = (terminal: Terminal): string =>
  keyLine(
    [
      ['space', 'answer'],
      ['e', 'run its experiment'],
      ['q', 'end'],
    ],
    terminal,
  );

/** Each grade with the time after which the card would come again. */
export const afterAnswer = (
  outcomes: Readonly<Record<Grade, StudyState>>,
  now: Date,
  terminal: Terminal,
): string =>
  `${keyLine(
    grades.map((grade, i) => [
      String(i + 1),
      `${grade}, ${intervalInWords(now, new Date(outcomes[grade].due))}`,
    ]),
    terminal,
  )}\n${keyLine(
    [
      ['e', 'run its experiment'],
      ['q', 'end'],
    ],
    terminal,
  )}`;

export const questionScreen = (card: Card, left: number, terminal: Terminal): string =>
  [
    styled('─'.repeat(Math.min(40, terminal.columns)), 'faint', terminal),
    styled(left === 1 ? 'the last card for now' : `${left} cards to go`, 'faint', terminal),
    ...questionLines(card, terminal),
  ].join('\n');

export const answerScreen = (card: Card, terminal: Terminal): string =>
  answerLines(card, terminal).join('\n');

/** What the experiment found: its summary and its findings. */
export function experimentScreen(outcome: Outcome, terminal: Terminal): string {
  const summary = 'result' in outcome ? textLines(outcome.result.summary, terminal) : [];
  return [cardsTable([outcome], terminal), ...(summary.length === 0 ? [] : ['', ...summary])].join('\n');
}

/** When there is nothing more to ask. */
export function endScreen(answered: number, next: Date | undefined, now: Date): string {
  const done =
    answered === 0 ? 'Nothing is due.' : `Done: ${answered} ${answered === 1 ? 'answer' : 'answers'}.`;
  return next === undefined ? done : `${done} The next card is due in ${intervalInWords(now, next)}.`;
}
