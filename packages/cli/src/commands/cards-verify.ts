/** @file `thinnet cards verify`: runs the experiments, and says which cards hold. */
import { join } from 'node:path';
import { type Outcome, verify } from 'thinnet-deck';
import { chosenCards } from '../cards/choose.js';
import { type CardsEnvironment, realCardsEnvironment } from '../cards/environment.js';
import { endingOf, inWords } from '../cards/outcome.js';
import { type CardsProgress, cardsBar, cardsLines, noCardsProgress } from '../cards/progress.js';
import { cardsJsonText, cardVersions, type Verification } from '../cards/record.js';
import { exitCodes, exitOf, Interruption } from '../exit.js';
import type { CardsVerifyRequest } from '../options/cards-verify-command.js';
import { makeFolder, writeAtomically } from '../run-folder/atomic.js';
import { freeFolder } from '../run-folder/name.js';
import { onInterrupt } from './interrupt.js';

/** Wider tables are hard to read. */
const widestTable = 120;
const defaultColumns = 100;

/** Gives the exit status: 1 where an experiment failed or, if asked to be strict, where a card does not hold. */
export async function verifyCards(
  request: CardsVerifyRequest,
  environment: CardsEnvironment = realCardsEnvironment,
): Promise<number> {
  const interrupt = onInterrupt(environment.stderr);
  try {
    return await verifyUntil(interrupt.signal, request, environment);
  } finally {
    interrupt.stop();
  }
}

async function verifyUntil(
  signal: AbortSignal,
  request: CardsVerifyRequest,
  environment: CardsEnvironment,
): Promise<number> {
  const { stderr } = environment;
  const cards = chosenCards(await environment.deck(), request.cards);
  const folder = request.out ?? (await freeFolder(join('runs', 'cards')));
  // A folder that cannot be made is better known before the experiments than after.
  await makeFolder(folder);
  const progress = viewOf(request, environment, cards);
  const began = environment.now();
  const outcomes: Outcome[] = [];
  let interruption: Interruption | undefined;
  try {
    const laboratory = await environment.laboratory({ onProgress: progress.advance, signal });
    for await (const outcome of verify(cards, laboratory, { onCard: progress.begin })) {
      outcomes.push(outcome);
      progress.end(outcome);
    }
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    interruption = error;
  } finally {
    progress.stop();
  }
  const verification: Verification = {
    outcomes,
    began,
    seconds: (environment.now().getTime() - began.getTime()) / 1000,
    isComplete: interruption === undefined,
    command: ['thinnet cards verify', ...(request.cards ?? []).map((id) => `--card ${id}`)].join(' '),
    versions: cardVersions(),
  };
  if (interruption !== undefined)
    stderr.write(`Stopped after ${outcomes.length} of ${cards.length} cards.\n`);
  if (outcomes.length > 0) await conclude(folder, verification, request, environment);
  for (const outcome of outcomes)
    if ('error' in outcome) stderr.write(`${outcome.card.id}: ${exitOf(outcome.error).message}\n`);
  if (interruption !== undefined) return interruption.exitCode;
  const wanted = request.isStrict ? ['holds'] : ['holds', 'does not hold', 'inconclusive'];
  return outcomes.every((outcome) => wanted.includes(endingOf(outcome))) ? 0 : exitCodes.failure;
}

function viewOf(
  { isQuiet }: CardsVerifyRequest,
  { stderr }: CardsEnvironment,
  cards: Parameters<typeof cardsBar>[0],
): CardsProgress {
  if (isQuiet) return noCardsProgress;
  return stderr.isTTY
    ? cardsBar(cards, stderr)
    : cardsLines(cards, { write: (line) => stderr.write(`${line}\n`) });
}

async function conclude(
  folder: string,
  verification: Verification,
  { isJson }: CardsVerifyRequest,
  { stdout }: CardsEnvironment,
): Promise<void> {
  const [{ cardsPage, cardsAssets }, { cardsTable }, { terminalOf }] = await Promise.all([
    import('../cards/page/index.js'),
    import('../cards/table.js'),
    import('../cards/terminal/index.js'),
  ]);
  const [page, numbers] = [join(folder, 'cards.html'), join(folder, 'cards.json')];
  const text = cardsJsonText(verification);
  await writeAtomically(numbers, text);
  await writeAtomically(page, cardsPage(verification, await cardsAssets()));
  if (isJson) {
    stdout.write(text);
    return;
  }
  const columns = Math.min(widestTable, stdout.columns ?? defaultColumns);
  const table = cardsTable(verification.outcomes, { ...terminalOf(stdout), columns });
  stdout.write(`\n${table}\n\n${inWords(verification.outcomes)}\n\nPage: ${page}\nNumbers: ${numbers}\n`);
}
