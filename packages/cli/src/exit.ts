/** @file How an error ends the command: its message and its exit status. */
import { UsageError } from './usage-error.js';

export const exitCodes = { failure: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** Aborted by Ctrl-C or a request to terminate; what was computed is kept. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${signal}`);
    this.exitCode = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
  }
}

/** What common system errors mean for a file. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  ENOENT: 'no such file or folder',
  EEXIST: 'it exists already',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  EIO: 'the device reports an error',
};

/** These come without a path when an open file is written to. */
const storage: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO'];

export interface Ending {
  readonly message: string;
  readonly exitCode: number;
}

/** One line for what the user can put right; a stack, and a request to report it, for a defect. */
export function endingOf(error: unknown): Ending {
  if (error instanceof UsageError) return { message: `thinnet: ${error.message}`, exitCode: exitCodes.usage };
  if (!(error instanceof Error)) return defect(String(error));
  if (error.name === 'ThinnetError')
    return { message: `thinnet: ${error.message}`, exitCode: exitCodes.failure };
  const { code, path } = error as { code?: unknown; path?: unknown };
  const meaning = typeof code === 'string' ? systemErrors[code] : undefined;
  if (meaning !== undefined && (typeof path === 'string' || storage.includes(String(code)))) {
    const place = typeof path === 'string' ? `${path}: ` : '';
    return { message: `thinnet: ${place}${meaning}`, exitCode: exitCodes.failure };
  }
  if (error instanceof RangeError && /array buffer allocation|typed array length/i.test(error.message)) {
    const remedy = 'use a smaller network, batch or subset';
    return {
      message: `thinnet: there is not enough memory for this; ${remedy}`,
      exitCode: exitCodes.failure,
    };
  }
  return defect(error.stack ?? error.message);
}

const defect = (details: string): Ending => ({
  message: `thinnet: this is a defect of thinnet; please report it with the command and these lines:\n${details}`,
  exitCode: exitCodes.failure,
});
