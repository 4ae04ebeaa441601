/** @file The command line of `thinnet cards export`. */
import { Command } from 'commander';
import { withAfterText } from './help.js';
import { words } from './values.js';

/** What `thinnet cards export` was asked for. */
export interface CardsExportRequest {
  /** Where the file for Anki is written. */
  readonly anki: string;
}

const after = `
Examples:
  thinnet cards export --anki dropout.txt
`;

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export const cardsExportCommand = (run: (request: CardsExportRequest) => Promise<void>): Command =>
  withAfterText(new Command('export'), after)
    .summary('write the cards for Anki')
    .description(
      'Writes the cards as a text file that Anki imports; importing a later one updates its notes.',
    )
    .requiredOption('--anki <file>', 'the file to write, such as dropout.txt')
    .helpOption('-h, --help', 'show this help')
    .action(async ({ anki }: { readonly anki: string }) => {
      await run({ anki: words.parse(anki, '--anki') });
    });
