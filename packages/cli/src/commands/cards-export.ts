/** @file `thinnet cards export`: the deck for another program. */
import { ankiText } from '../cards/anki.js';
import { type CardsEnvironment, realCardsEnvironment } from '../cards/environment.js';
import type { CardsExportRequest } from '../options/cards-export-command.js';
import { writeAtomically } from '../run-folder/atomic.js';

/** Gives the exit status. */
export async function exportCards(
  { anki }: CardsExportRequest,
  environment: CardsEnvironment = realCardsEnvironment,
): Promise<number> {
  const deck = await environment.deck();
  await writeAtomically(anki, ankiText(deck));
  environment.stdout.write(
    `${deck.length} ${deck.length === 1 ? 'card' : 'cards'} for Anki (File > Import): ${anki}\n`,
  );
  return 0;
}
