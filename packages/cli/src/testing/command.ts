/** @file The built command as a child process. */

import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { watchFolder } from './changes.js';

/** The command's script. */
export const entry = fileURLToPath(new URL('../../bin/thinnet.js', import.meta.url));
const built = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Ended {
  /** The exit status, or the signal that ended the process. */
  readonly status: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Waits until a condition holds that the process brings about by what it says or writes in its folder; fails when it ends before. */
  until(condition: () => boolean): Promise<void>;
}

/** Starts `thinnet` with these words. */
export function start(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  if (!existsSync(built)) throw new Error('the command is not built; run npm run build first');
  const child = spawn(process.execPath, [entry, ...words], {
    cwd,
    // With both, Node warns on standard error that they contradict each other.
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (output.stdout += data));
  child.stderr.on('data', (data) => (output.stderr += data));
  let hasEnded = false;
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      hasEnded = true;
      resolve({ status: code ?? (signal as NodeJS.Signals), ...output });
    });
  });
  return {
    process: child,
    ended,
    until(condition) {
      return new Promise((resolve, reject) => {
        const events = [child.stdout, child.stderr] as const;
        const settle = (error?: Error) => {
          unwatch();
          for (const stream of events) stream.off('data', look);
          child.off('close', end);
          if (error) reject(error);
          else resolve();
        };
        const look = () => void (condition() && settle());
        const end = () => {
          const tooSoon = new Error(`the command ended too soon: ${JSON.stringify(output)}`);
          settle(condition() ? undefined : tooSoon);
        };
        const unwatch = watchFolder(cwd, look);
        // Also where the test is over before the condition holds: its folder goes then.
        onTestFinished(unwatch);
        for (const stream of events) stream.on('data', look);
        child.on('close', end);
        if (hasEnded) end();
        else look();
      });
    },
  };
}

export const runCommand = (words: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<Ended> =>
  start(words, cwd, env).ended;

/** Lines of a file so far; 0 where there is none. */
export const linesIn = (path: string): number =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
