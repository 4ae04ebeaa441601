/** @file `thinnet cards show`: a card as text. */
import { chosenCards } from '../cards/choose.js';
import { type CardsEnvironment, realCardsEnvironment } from '../cards/environment.js';
import { answerLines, backgroundLines, questionLines, terminalOf } from '../cards/terminal/index.js';

/** Gives the exit status. */
export async function showCards(
  ids: readonly string[],
  environment: CardsEnvironment = realCardsEnvironment,
): Promise<number> {
  const terminal = terminalOf(environment.stdout);
  const cards = chosenCards(await environment.deck(), ids);
  const texts = cards.map((card) =>
    [
      ...questionLines(card, terminal),
      '',
      ...answerLines(card, terminal),
      ...backgroundLines(card, terminal),
    ].join('\n'),
  );
  environment.stdout.write(`${texts.join('\n\n\n')}\n`);
  return 0;
}
