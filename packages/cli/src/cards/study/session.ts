/** @file A session of study: asks what is due, shows the answer, takes the grade, and keeps it. */
import type { Card, Laboratory, Outcome, Scheduler, StudyProgress, StudyState } from 'thinnet-deck';
import { dueCards, outcomesOf, verify } from 'thinnet-deck';
import type { LaboratoryOptions } from '../environment.js';
import type { Terminal } from '../terminal/index.js';
import type { Keys } from './keys.js';
import {
  afterAnswer,
  answerScreen,
  beforeAnswer,
  endScreen,
  experimentScreen,
  gradeKeys,
  questionScreen,
} from './screen.js';

export interface Session {
  readonly deck: readonly Card[];
  readonly scheduler: Scheduler;
  readonly keys: Keys;
  readonly terminal: Terminal;
  write(text: string): void;
  now(): Date;
  laboratory(options: LaboratoryOptions): Promise<Laboratory>;
  /** What is known so far. */
  progress(): Promise<StudyProgress>;
  /** Keeps a card's new state, at once. */
  keep(id: string, state: StudyState): Promise<void>;
}

/** How a session ended: nothing is left, the user went, or Ctrl-C. */
export type SessionEnd = 'finished' | 'left' | 'interrupted';

export async function studySession(session: Session): Promise<SessionEnd> {
  const { deck, now, write } = session;
  const ids = deck.map(({ id }) => id);
  for (let answered = 0; ; answered++) {
    const { due, soon, next } = dueCards(ids, await session.progress(), now());
    const id = due[0] ?? soon[0];
    const card = deck.find((each) => each.id === id);
    if (card === undefined) {
      write(`${endScreen(answered, next, now())}\n`);
      return 'finished';
    }
    const end = await askCard(session, card, due.length + soon.length);
    if (end !== undefined) {
      write('\n');
      return end;
    }
  }
}

/** Until the card is graded; gives how the session ends if it does so here. */
async function askCard(session: Session, card: Card, left: number): Promise<SessionEnd | undefined> {
  const { keys, scheduler, terminal, now, write } = session;
  const state = (await session.progress()).cards[card.id];
  write(`\n${questionScreen(card, left, terminal)}\n\n${beforeAnswer(terminal)}\n`);
  let isAnswered = false;
  const prompt = () =>
    isAnswered ? afterAnswer(outcomesOf(scheduler, state, now()), now(), terminal) : beforeAnswer(terminal);
  for (;;) {
    const key = await keys.next();
    if (key === undefined || key === 'interrupt') return 'interrupted';
    if (key === 'q') return 'left';
    const grade = gradeKeys[key];
    if (key === 'e') {
      write(`\n${await experiment(session, card)}\n\n${prompt()}\n`);
    } else if (!isAnswered && (key === 'space' || key === 'return')) {
      isAnswered = true;
      write(`\n${answerScreen(card, terminal)}\n\n${prompt()}\n`);
    } else if (isAnswered && grade !== undefined) {
      await session.keep(card.id, outcomesOf(scheduler, state, now())[grade]);
      write(`${grade}\n`);
      return undefined;
    }
  }
}

/** Runs the card's experiment; Ctrl-C or q stops the experiment and not the session. */
async function experiment(session: Session, card: Card): Promise<string> {
  const { keys, terminal, write } = session;
  const [running, watching] = [new AbortController(), new AbortController()];
  const watch = async () => {
    for (;;) {
      const key = await keys.next(watching.signal);
      if (key === undefined) return;
      if (key === 'interrupt' || key === 'q') running.abort(new Error('the experiment was stopped'));
    }
  };
  const watched = watch();
  const onProgress = (done: number, doing?: string) =>
    write(
      `\r\u001b[K${Math.floor(100 * done)} %${doing === undefined ? '' : `  ${doing}`}`.slice(
        0,
        terminal.columns,
      ),
    );
  try {
    write('Running the experiment; q stops it.\n');
    const laboratory = await session.laboratory({ onProgress, signal: running.signal });
    const outcomes: Outcome[] = [];
    for await (const outcome of verify([card], laboratory)) outcomes.push(outcome);
    return outcomes.map((outcome) => experimentScreen(outcome, terminal)).join('\n');
  } catch (error) {
    if (!running.signal.aborted) throw error;
    return 'The experiment was stopped.';
  } finally {
    watching.abort();
    await watched;
    write('\r\u001b[K');
  }
}
