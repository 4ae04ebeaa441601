/** @file The command `thinnet`: reads the command line, then loads no more than the command needs. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { endingOf, exitCodes } from './exit.js';
import { compareCommand } from './options/compare-command.js';
import { inspectCommand } from './options/inspect-command.js';
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
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  thinnet.action((_options, command: Command) => {
    const [unknown] = command.args;
    const known = command.commands.map((each) => each.name());
    if (unknown === undefined) command.outputHelp();
    else
      command.error(`unknown command ${unknown}${didYouMean(unknown, known)}; there are ${known.join(', ')}`);
  });
  thinnet.allowExcessArguments();
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
  ];
  for (const command of commands)
    thinnet.addCommand(command.copyInheritedSettings(thinnet).allowExcessArguments(false));
  return thinnet;
}

/** The command that was asked for, whose help there is to see; of an unknown one, that of all. */
const asked = ({ commands }: Command): string =>
  commands.some((command) => command.name() === process.argv[2]) ? ` ${process.argv[2]}` : '';

/** Commander's message on one line, without its `error: `. */
const oneLine = (message: string): string => message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');

// A reader that has had enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const thinnet = program();
try {
  await thinnet.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) {
    const { message, exitCode } = endingOf(error);
    console.error(message);
    process.exitCode = exitCode;
  } else if (error.exitCode !== 0) {
    console.error(`thinnet: ${oneLine(error.message)}; see thinnet${asked(thinnet)} --help`);
    process.exitCode = exitCodes.usage;
  }
}
