/** @file The command line of `thinnet compare`: its options, from the table, and its help. */
import { Command } from 'commander';
import { armKinds } from '../arms/kinds.js';
import { parseGiven } from './command-line.js';
import { defaults, namedDataSubset, optimizerDefaults } from './defaults.js';
import type { Given } from './settings.js';
import { withSilence } from './silence-option.js';
import type { OptionEntry } from './table.js';
import { dataOptions, experimentOptions, trainingOptions } from './table.js';

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

/** Defaults that the help words itself. */
const shownDefaults: Readonly<Record<string, string>> = {
  subset: `${namedDataSubset} of mnist and fashion, all of a file`,
  lr: `${optimizerDefaults.sgd.lr}, with adamw ${optimizerDefaults.adamw.lr}`,
  momentum: `${optimizerDefaults.sgd.momentum}`,
  weightDecay: `${optimizerDefaults.sgd.weightDecay}, with adamw ${optimizerDefaults.adamw.weightDecay}`,
  stepEpochs: 'a third of the epochs',
  rateEpochs: 'all epochs for linear and curriculum, half of them for early and late',
  validation: '0, with early stopping 0.1',
};

const kinds = Object.entries(armKinds)
  .map(([name, { takesRate, help }]) => `  ${(takesRate ? `${name}=RATE` : name).padEnd(25)} ${help}`)
  .join('\n');

const after = `
Arms:
${kinds}
  Training options of an arm's own follow after commas: dropout=0.5,max-norm=2,lr=0.1,name=bounded

Examples:
  thinnet compare
  thinnet compare --activation selu --arm none --arm alpha=0.1
  thinnet compare --arm dropout=0.5 --arm dropout=0.5,rate-schedule=early,rate-epochs=5
  thinnet compare --data fashion --arm none --arm dropout=0.3 --arm dropout=0.5
  thinnet compare --data mnist --subset all --hidden 1024,1024,1024 --max-norm 2 --epochs 100
  thinnet compare --data wine.csv --label quality --hidden 64,64 --seeds 10
  thinnet compare --resume --out runs/mnist-2000-none-vs-dropout-0.5
`;

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
      `one network to compare; repeat it for each (default: ${defaults.arms.join(' and ')})`,
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
      command.option(`--${entry.flag} <${entry.value}>`, `${entry.help}${shownDefault(key, entry)}`);
    }
  }
  command
    .optionsGroup('Output:')
    .option('--out <folder>', 'where the run is kept (default: runs/ and a name that says what is compared)')
    .option('--resume', 'go on with the run in the folder');
  return withSilence(command)
    .option('--quiet', 'no progress and no warnings, only the result')
    .option('--json', 'the result as JSON on standard output')
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', after)
    .action(async (flags: Flags) => {
      await run({
        given: parseGiven(wordsByFlag(flags), flags.arm),
        out: flags.out,
        resume: flags.resume === true,
        silence: flags.silence ?? [],
        quiet: flags.quiet === true,
        json: flags.json === true,
      });
    });
}

function shownDefault(key: string, { kind }: OptionEntry<never>): string {
  const value: unknown = (defaults as Readonly<Record<string, unknown>>)[key];
  const text = shownDefaults[key] ?? (value === null ? undefined : kind.format(value as never));
  return text === undefined ? '' : ` (default: ${text})`;
}

/** Commander's camel case back to flags. */
function wordsByFlag(flags: Flags): Record<string, string> {
  const words = Object.entries(flags).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(
    words.map(([name, text]) => [name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`), text]),
  );
}
