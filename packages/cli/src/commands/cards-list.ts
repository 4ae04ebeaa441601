/** @file `thinnet cards list`: the deck's questions. */
import { type CardsEnvironment, realCardsEnvironment } from '../cards/environment.js';
import { styled, terminalOf, textLines } from '../cards/terminal/index.js';

/** Gives the exit status. */
export async function listCards(environment: CardsEnvironment = realCardsEnvironment): Promise<number> {
  const deck = await environment.deck();
  const terminal = terminalOf(environment.stdout);
  const widest = Math.max(...deck.map(({ id }) => id.length)) + 2;
  let section: string | undefined;
  for (const card of deck) {
    if (card.section !== section)
      environment.stdout.write(
        `${section === undefined ? '' : '\n'}${styled(card.section, 'faint', terminal)}\n`,
      );
    section = card.section;
    const [first = '', ...rest] = textLines(card.question, terminal, ' '.repeat(widest));
    const lines = [styled(card.id, 'bold', terminal) + first.slice(card.id.length), ...rest];
    environment.stdout.write(`${lines.join('\n')}\n`);
  }
  return 0;
}
