/**
 * @file Runs a command and prints, as one line of JSON, its peak memory, its duration and its time to the first step.
 *
 * Usage: measure.mjs -- command [argument …]
 *
 * `peakMiB` is the largest resident set that the command, or a process that it waited for, had (GNU time).
 * `firstStepSeconds` runs from the start of the command until it writes a line `first-step …` to stderr, which
 * Thinnet does where THINNET_TRACE is 1; it is absent where the command writes none.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [separator, ...command] = process.argv.slice(2);
if (separator !== '--' || command.length === 0) {
  console.error('usage: measure.mjs -- command [argument …]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'measure-'));
const file = join(folder, 'peak');
const start = performance.now();
const child = spawn('/usr/bin/time', ['--quiet', '-f', '%M', '-o', file, ...command], {
  env: { ...process.env, THINNET_TRACE: '1' },
  stdio: ['ignore', 'ignore', 'pipe'],
});
/** @type {number | undefined} */
let firstStep;
/** @type {string[]} */
const said = [];
createInterface({ input: child.stderr }).on('line', (line) => {
  said.push(line);
  if (line.startsWith('first-step')) firstStep ??= performance.now() - start;
});
child.on('error', (error) => {
  console.error(`${error.message}: this needs GNU time at /usr/bin/time (Debian's package "time")`);
  process.exitCode = 1;
});
child.on('close', (code, signal) => {
  if (code !== 0) {
    console.error(said.slice(-20).join('\n'));
    console.error(`error: ${command.join(' ')} ended with ${signal ?? `code ${code}`}`);
    process.exitCode = 1;
  } else {
    const peakMiB = Number(readFileSync(file, 'utf8').trim()) / 1024;
    const seconds = (performance.now() - start) / 1000;
    console.log(
      JSON.stringify({ peakMiB, seconds, ...(firstStep && { firstStepSeconds: firstStep / 1000 }) }),
    );
  }
  rmSync(folder, { recursive: true });
});
