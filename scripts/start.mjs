/**
 * @file `npm start`: sets the checkout up, then runs `thinnet compare` with the arguments after `--`.
 * In this very process, so that Ctrl-C, the exit code and the terminal are the command's own.
 */
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

setup();
const command = new URL('../packages/cli/bin/thinnet.js', import.meta.url);
process.argv.splice(1, 1, fileURLToPath(command), 'compare');
await import(command.href);
