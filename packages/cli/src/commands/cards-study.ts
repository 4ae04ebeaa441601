/** @file `thinnet cards study`: the deck in the terminal, with spaced repetition. */
import { studyParameters } from 'thinnet-deck';
import { type CardsEnvironment, realCardsEnvironment } from '../cards/environment.js';
import type { Keys } from '../cards/study/keys.js';
import { studySession } from '../cards/study/session.js';
import {
  addProgress,
  keepState,
  keptProgress,
  progressFile,
  readProgressFile,
  refuseUnwritable,
  writeProgressFile,
} from '../cards/study/store.js';
import { terminalOf } from '../cards/terminal/index.js';
import { exitCodes } from '../exit.js';
import type { CardsStudyRequest } from '../options/cards-study-command.js';
import { UsageError } from '../usage-error.js';

export interface StudyEnvironment extends CardsEnvironment {
  /** The file with the progress where the command names none. */
  progressFile(): string;
  /** The keys of the terminal, or undefined where there is none. */
  keys(): Promise<Keys | undefined>;
}

const realEnvironment: StudyEnvironment = {
  ...realCardsEnvironment,
  progressFile,
  async keys() {
    const { stdin, stdout } = process;
    return stdin.isTTY && stdout.isTTY ? (await import('../cards/study/keys.js')).keysOf(stdin) : undefined;
  },
};

/** Gives the exit status. */
export async function studyCards(
  request: CardsStudyRequest,
  environment: StudyEnvironment = realEnvironment,
): Promise<number> {
  const path = request.progress ?? environment.progressFile();
  if (request.import === undefined && request.export === undefined) return study(path, environment);
  if (request.import !== undefined) await importProgress(path, request.import, environment);
  if (request.export !== undefined) {
    const progress = await keptProgress(path);
    await writeProgressFile(request.export, progress);
    const cards = Object.keys(progress.cards).length;
    environment.stdout.write(`Progress on ${counted(cards)}: ${request.export}\n`);
  }
  return 0;
}

async function study(path: string, environment: StudyEnvironment): Promise<number> {
  const [deck, kept, { fsrs }] = await Promise.all([
    environment.deck(),
    // A damaged file is known before the first question.
    keptProgress(path),
    import('ts-fsrs'),
  ]);
  const keys = await environment.keys();
  if (keys === undefined)
    throw new UsageError(
      'cards study asks for single keys and needs a terminal; without one there are --export, --import and thinnet cards show',
    );
  let progress = kept;
  try {
    // So is a file that cannot be written.
    await refuseUnwritable(path);
    const end = await studySession({
      deck,
      scheduler: fsrs(studyParameters),
      keys,
      terminal: terminalOf(environment.stdout),
      write: (text) => environment.stdout.write(text),
      now: environment.now,
      laboratory: environment.laboratory,
      progress: () => Promise.resolve(progress),
      async keep(id, state) {
        progress = await keepState(path, progress, id, state);
      },
    });
    return end === 'interrupted' ? exitCodes.interrupted : 0;
  } finally {
    keys.close();
  }
}

async function importProgress(path: string, file: string, environment: StudyEnvironment): Promise<void> {
  const [before, imported, deck] = await Promise.all([
    keptProgress(path),
    readProgressFile(file),
    environment.deck(),
  ]);
  await addProgress(path, imported);
  const ids: readonly string[] = deck.map(({ id }) => id);
  const all = Object.keys(imported.cards);
  const isTaken = (id: string) => {
    const [old, state] = [before.cards[id], imported.cards[id]];
    return old === undefined || Date.parse(state?.lastReview ?? '') > Date.parse(old.lastReview);
  };
  const taken = all.filter(isTaken).length;
  const others = taken < all.length ? '; the others were reviewed here since, or at the same time' : '';
  const foreign = all.filter((id) => !ids.includes(id));
  environment.stdout.write(
    `Taken from ${file}: the progress on ${taken} of ${counted(all.length)}${others}.\n`,
  );
  if (foreign.length > 0)
    environment.stderr.write(
      `Note: the deck has no ${foreign.join(', ')}; that progress is kept all the same.\n`,
    );
}

const counted = (cards: number): string => `${cards} ${cards === 1 ? 'card' : 'cards'}`;
