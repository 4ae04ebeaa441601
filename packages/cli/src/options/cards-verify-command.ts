/** @file The command line of `thinnet cards verify`: its options and its help. */
import { Command } from 'commander';
import { withAfterText } from './help.js';
import { words } from './values.js';

/** What `thinnet cards verify` was asked for. */
export interface CardsVerifyRequest {
  /** Ids of the cards, not checked yet; all unless given. */
  readonly cards: readonly string[] | undefined;
  readonly out: string | undefined;
  readonly isStrict: boolean;
  readonly isQuiet: boolean;
  readonly isJson: boolean;
}

interface Flags {
  readonly card?: readonly string[];
  readonly out?: string;
  readonly strict?: true;
  readonly quiet?: true;
  readonly json?: true;
}

const after = `
Exit status: 0 the experiments came to their ends, whatever they found; 1 one of them failed or, with --strict,
a card is not found to hold; 2 a mistake in the command line; 130 stopped by Ctrl-C.

Examples:
  thinnet cards verify
  thinnet cards verify --card scaling --card inverted --out cards
  thinnet cards verify --strict --quiet --json > cards.json
`;

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export const cardsVerifyCommand = (run: (request: CardsVerifyRequest) => Promise<void>): Command =>
  withAfterText(new Command('verify'), after)
    .summary('run the experiments, and say which cards hold')
    .description(
      'Runs the experiment of every card, prints what was measured against what the card leads to expect, and writes ' +
        'it as a page with pictures and as numbers.',
    )
    .option(
      '--card <id>',
      'verify this card only; repeat it for more (default: all)',
      (word: string, before: readonly string[] | undefined) => [...(before ?? []), word],
    )
    .option(
      '--out <folder>',
      'where cards.html and cards.json are written (default: runs/cards, or the next that is free)',
    )
    .option('--strict', 'exit with 1 where a card does not hold or is inconclusive')
    .option('--quiet', 'no progress')
    .option('--json', 'what cards.json holds on standard output, and no table')
    .helpOption('-h, --help', 'show this help')
    .action(async ({ card, out, strict, quiet, json }: Flags) => {
      await run({
        cards: card,
        out: out === undefined ? undefined : words.parse(out, '--out'),
        isStrict: strict === true,
        isQuiet: quiet === true,
        isJson: json === true,
      });
    });
