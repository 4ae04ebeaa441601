/** @file The command `thinnet`: reads the command line, then loads no more than the command needs. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { exitCodes, exitOf, meaningOf } from './exit.js';
import { cardsCommand } from './options/cards-command.js';
import { compareCommand } from './options/compare-command.js';
import { helpLook } from './options/help.js';
import { inspectCommand } from './options/inspect-command.js';
import { quoted } from './options/invocation.js';
import { labCommand } from './options/lab-command.js';
import { maskCommand } from './options/mask-command.js';
import { didYouMean } from './options/nearest.js';

interface Package {
  readonly version: string;
}

function program(): Command {
  const { version } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as Package;
  const thinnet = new Command('thinnet')
    .description('Dropout, measured: trains networks with and without it, and says what it did.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .configureHelp(helpLook)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  offering(thinnet);
  const commands = [
    compareCommand(async (request) => {
      const { compare } = await import('./commands/compare.js');
      process.exitCode = await compare(request);
    }),
    inspectCommand(async (request) => {
      const { inspect } = await import('./commands/inspect.js');
      process.exitCode = await inspect(request);
    }),
    maskCommand(async (request) => {
      const { mask } = await import('./commands/mask.js');
      process.exitCode = await mask(request);
    }),
    cardsCommand({
      async verify(request) {
        const { verifyCards } = await import('./commands/cards-verify.js');
        process.exitCode = await verifyCards(request);
      },
      async list() {
        const { listCards } = await import('./commands/cards-list.js');
        process.exitCode = await listCards();
      },
      async show(ids) {
        const { showCards } = await import('./commands/cards-show.js');
        process.exitCode = await showCards(ids);
      },
      async study(request) {
        const { studyCards } = await import('./commands/cards-study.js');
        process.exitCode = await studyCards(request);
      },
      async export(request) {
        const { exportCards } = await import('./commands/cards-export.js');
        process.exitCode = await exportCards(request);
      },
    }),
    labCommand(async (request) => {
      const { lab } = await import('./commands/lab.js');
      process.exitCode = await lab(request);
    }),
  ];
  for (const command of commands) thinnet.addCommand(inheriting(command, thinnet));
  return thinnet;
}

/** The command and those below it, with the program's way of telling errors. */
function inheriting(command: Command, program: Command): Command {
  for (const below of command.commands) inheriting(below, program);
  if (command.commands.length > 0) return offering(command.copyInheritedSettings(program));
  return command.copyInheritedSettings(program).allowExcessArguments().hook('preAction', refuseStray);
}

/** What an argument that a command does not take may have been meant for. */
const strayHints: Readonly<Record<string, (word: string) => string>> = {
  compare: (word) => `for data give --data ${quoted(word)}`,
  mask: () => 'options begin with two dashes, such as --kind dropout',
};

/** Errors: a word that is neither an option nor an argument that the command takes. */
function refuseStray(_program: Command, command: Command): void {
  const takes = command.registeredArguments;
  const stray = takes.some(({ variadic }) => variadic) ? undefined : command.args[takes.length];
  if (stray === undefined) return;
  const most = takes.length === 0 ? 'takes no argument' : 'takes no further argument';
  const hint = strayHints[command.name()]?.(stray);
  command.error(`${command.name()} ${most} ${JSON.stringify(stray)}${hint === undefined ? '' : `; ${hint}`}`);
}

/** A command that has others below it: alone it shows its help, and with a word that is none of them says so. */
function offering(command: Command): Command {
  return command.allowExcessArguments().action((_options, self: Command) => {
    const [unknown, ...rest] = self.args;
    const known = self.commands.map((each) => each.name());
    if (unknown === undefined) self.outputHelp();
    else if (unknown === 'help') within(self, rest).outputHelp();
    else self.error(`unknown command ${unknown}${didYouMean(unknown, known)}; there are ${known.join(', ')}`);
  });
}

/** The command below another that the words name, as far as they do. */
function within(command: Command, [word, ...rest]: readonly string[]): Command {
  const below = command.commands.find((each) => each.name() === word);
  return below === undefined ? command : within(below, rest);
}

/** The command that was asked for, whose help there is to see; of an unknown one, that of all. */
function asked(program: Command): string {
  const names: string[] = [];
  for (
    let command = within(program, process.argv.slice(2));
    command.parent !== null;
    command = command.parent
  )
    names.unshift(` ${command.name()}`);
  return names.join('');
}

/** Commander's message on one line, without its `error: `. */
const oneLine = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');

/** The first failure of a stream is told once, where there is a stream left to tell it; the work in hand goes on. */
function onStreamError(error: NodeJS.ErrnoException, isOutput: boolean): void {
  // A reader that has had enough (`| head`) is no error.
  if (error.code === 'EPIPE' || hasFailed) return;
  hasFailed = true;
  process.once('exit', () => {
    process.exitCode ||= exitCodes.failure;
  });
  if (isOutput) console.error(`thinnet: standard output: ${meaningOf(error) ?? error.message}`);
}

let hasFailed = false;
process.stdout.on('error', (error) => onStreamError(error, true));
process.stderr.on('error', (error) => onStreamError(error, false));

const thinnet = program();
try {
  await thinnet.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    const { message, exitCode } = exitOf(error);
    console.error(message);
    process.exitCode = exitCode;
  } else if (error.exitCode !== 0) {
    console.error(`thinnet: ${oneLine(error.message)}; see thinnet${asked(thinnet)} --help`);
    process.exitCode = exitCodes.usage;
  }
}
