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

/** What common system errors mean for a file, and what to do. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; change its permissions, or choose another place',
  EPERM: 'permission denied; change its permissions, or choose another place',
  EROFS: 'the file system is read-only; choose another place',
  ENOSPC: 'no space left on the device; make room, or choose another place',
  EDQUOT: 'the disk quota is used up; make room, or choose another place',
  ENOTDIR: 'a part of the path is not a folder; check the path',
  EISDIR: 'it is a folder; a file is needed there',
  ENOENT: 'no such file or folder; check the path',
  EEXIST: 'it exists already; choose another name',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
  EMFILE: 'too many files are open; close some, or raise the limit (ulimit -n)',
  EIO: 'the device reports an error; choose another place',
};

/** What a system error means, and what to do; undefined where it is none of the common ones. */
export const meaningOf = ({ code }: NodeJS.ErrnoException): string | undefined =>
  typeof code === 'string' ? systemErrors[code] : undefined;

/** These come without a path when an open file is written to. */
const storage: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO'];

export interface Exit {
  readonly message: string;
  readonly exitCode: number;
}

/** One line for what the user can put right; a stack, and a request to report it, for a defect. */
export function exitOf(error: unknown): Exit {
  if (error instanceof UsageError) return { message: `thinnet: ${error.message}`, exitCode: exitCodes.usage };
  if (!(error instanceof Error)) return defect(String(error));
  if (error.name === 'ThinnetError')
    return { message: `thinnet: ${error.message}`, exitCode: exitCodes.failure };
  const { code, path } = error as { code?: unknown; path?: unknown };
  const meaning = meaningOf(error);
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

const defect = (details: string): Exit => ({
  message: `thinnet: this is a defect of thinnet; please report it with the command and these lines:\n${details}`,
  exitCode: exitCodes.failure,
});
