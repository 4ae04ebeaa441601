/** @file Built modules of the command in processes of their own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The address of a built module, such as `run-folder/lock.js`. */
export function builtModule(name: string): string {
  const url = new URL(`../../dist/${name}`, import.meta.url);
  if (!existsSync(fileURLToPath(url))) throw new Error('the command is not built; run npm run build first');
  return url.href;
}

/** Runs a module's text, whose `process.argv[1]` is the input as JSON; gives the exit status, or the signal that ended it. */
export function runModule(text: string, input: unknown): Promise<number | NodeJS.Signals> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', text, JSON.stringify(input)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal as NodeJS.Signals)));
  });
}
