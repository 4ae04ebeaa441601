/** @file The command line of `thinnet lab`. */
import { Command } from 'commander';
import { withAfterText } from './help.js';
import { wholeUpTo } from './values.js';

/** What `thinnet lab` was asked for. */
export interface LabRequest {
  /** 0 for any that is free. */
  readonly port: number;
}

/** Always the same unless asked otherwise: a browser keeps what was learned for the address. */
const defaultPort = 8784;

const port = wholeUpTo(65_535);

const after = `
Examples:
  thinnet lab
  thinnet lab --port 0
`;

/** The command; `run` gets what it was asked for. Errors: UsageError. */
export const labCommand = (run: (request: LabRequest) => Promise<void>): Command =>
  withAfterText(new Command('lab'), after)
    .summary('serve the lab, a page that trains in the browser, to this machine')
    .description(
      'Serves the lab to this machine alone, with the headers that let a page use several threads, until Ctrl-C.',
    )
    .option('--port <n>', `the port; 0 for any that is free (default: ${defaultPort})`)
    .helpOption('-h, --help', 'show this help')
    .action(async (flags: { readonly port?: string }) => {
      await run({ port: port.parse(flags.port ?? String(defaultPort), '--port') });
    });
