/** @file The command line of `thinnet compare`: its options, from the table, and its help. */

import { Command } from 'commander';
import type { Given } from 'thinnet-runs';
import { parseGiven } from './command-line.js';
import { afterOptions } from './compare-help.js';
import { withAfterText } from './help.js';
import { shownArms, shownDefault } from './shown-defaults.js';
import { withSilence } from './silence-option.js';
import type { OptionEntry } from './table.js';
import { dataOptions, experimentOptions, trainingOptions } from './table.js';
import { words } from './values.js';

/** What `thinnet compare` was asked for. */
export interface CompareRequest {
  readonly given: Given;
  readonly out: string | undefined;
  readonly resume: boolean;
  /** Names of advice that is not wanted, not checked yet. */
  readonly silence: readonly string[];
  readonly quiet: boolean;
  readonly json: boolean;
}

interface Flags {
  readonly arm?: readonly string[];
  readonly out?: string;
  readonly resume?: true;
  readonly silence?: readonly string[];
  readonly quiet?: true;
  readonly json?: true;
}

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export function compareCommand(run: (request: CompareRequest) => Promise<void>): Command {
  const command = new Command('compare')
    .summary('train the same network with different dropout, several times, and compare')
    .description(
      'Trains the same network once for each arm and seed. With one seed all arms begin with the same weights and ' +
        'see the same examples in the same order, so that their differences are those of the dropout.',
    )
    .optionsGroup('What is compared:')
    .option(
      '--arm <kind=rate,…>',
      `one network to compare; repeat it for each (default: ${shownArms})`,
      (word: string, before: readonly string[] | undefined) => [...(before ?? []), word],
    );
  const groups = {
    'Data:': dataOptions,
    'Network and experiment:': experimentOptions,
    'Training:': trainingOptions,
  };
  for (const [title, options] of Object.entries(groups)) {
    command.optionsGroup(title);
    for (const [key, entry] of Object.entries(options as unknown as Record<string, OptionEntry<never>>)) {
      command.option(
        `--${entry.flag} <${entry.value}>`,
        `${entry.help}${inBrackets(shownDefault(key, entry))}`,
      );
    }
  }
  command
    .optionsGroup('Output:')
    .option('--out <folder>', 'where the run is kept (default: runs/ and a name that says what is compared)')
    .option(
      '--resume',
      'go on with the run in the folder; without --out with the latest in runs/ that compares the same',
    );
  return withAfterText(withSilence(command), afterOptions)
    .option('--quiet', 'no progress and no warnings, only the result')
    .option('--json', 'the result as JSON on standard output')
    .helpOption('-h, --help', 'show this help')
    .action(async (flags: Flags) => {
      await run({
        given: parseGiven(wordsByFlag(flags), flags.arm),
        out: flags.out === undefined ? undefined : words.parse(flags.out, '--out'),
        resume: flags.resume === true,
        silence: flags.silence ?? [],
        quiet: flags.quiet === true,
        json: flags.json === true,
      });
    });
}

const inBrackets = (text: string | undefined): string => (text === undefined ? '' : ` (default: ${text})`);

/** Commander's camel case back to flags. */
function wordsByFlag(flags: Flags): Record<string, string> {
  const texts = Object.entries(flags).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(
    texts.map(([name, text]) => [name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`), text]),
  );
}
