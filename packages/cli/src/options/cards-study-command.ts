/** @file The command line of `thinnet cards study`: its options and its help. */
import { Command } from 'commander';
import { withAfterText } from './help.js';
import { words } from './values.js';

/** What `thinnet cards study` was asked for. */
export interface CardsStudyRequest {
  /** The file with the progress. */
  readonly progress: string | undefined;
  /** A file to write the progress to, or to take it from, instead of studying. */
  readonly export: string | undefined;
  readonly import: string | undefined;
}

const after = `
Keys: space shows the answer, 1 to 4 grade how well it was known, e runs the card's experiment, q ends.
Each grade is kept at once.

Examples:
  thinnet cards study
  thinnet cards study --export study.json
`;

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export const cardsStudyCommand = (run: (request: CardsStudyRequest) => Promise<void>): Command =>
  withAfterText(new Command('study'), after)
    .summary('learn the cards, with spaced repetition')
    .description(
      'Asks the cards that are due: question first, the answer at a key, then you say how well you knew it, and the ' +
        'better you did, the later it comes again (FSRS).',
    )
    .option(
      '--progress <file>',
      'where the progress is kept (default: thinnet/study.json in your data folder)',
    )
    .option(
      '--export <file>',
      'write the progress to a file, for the lab or another machine, and do not study',
    )
    .option('--import <file>', 'take in the progress of such a file, and do not study')
    .helpOption('-h, --help', 'show this help')
    .action(async (flags: Readonly<Record<'progress' | 'export' | 'import', string | undefined>>) => {
      const file = (name: 'progress' | 'export' | 'import') =>
        flags[name] === undefined ? undefined : words.parse(flags[name], `--${name}`);
      await run({ progress: file('progress'), export: file('export'), import: file('import') });
    });
