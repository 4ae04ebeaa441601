/** @file One process at a time: in a run folder, at a file that is read, changed and written back. */
import { constants, copyFile, link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ThinnetError } from 'thinnet';
import { writeNew } from './atomic.js';
import { lockName } from './names.js';
import { isRunning } from './process.js';
import { hasCode, readWhole } from './read.js';
import { removeLeftOvers, temporaryName } from './temporary.js';

/** Held while a lock whose process is gone is replaced. */
const takeoverOf = (path: string): string => `${path}.takeover`;

/** What taking a lock may leave in the folder when the process is killed. */
export const takeoverName = takeoverOf(lockName);

export type Unlock = () => Promise<void>;

/** Takes a run folder. A lock whose process is gone is taken over. Errors: another process has it. */
export const lockFolder = (folder: string): Promise<Unlock> => lock(join(folder, lockName), folder);

const patience = 5000;
const betweenAttempts = 20;

/** Holds the lock of a file while `work` runs; waits for others, some seconds at most. Errors: another process keeps it. */
export async function whileLocked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const unlock = await lock(`${file}.lock`, file, patience);
  try {
    return await work();
  } finally {
    await unlock();
  }
}

/** `what` is the thing to be locked, for errors; `wait` are the milliseconds to wait for another holder. */
async function lock(path: string, what: string, wait = 0): Promise<Unlock> {
  const own = temporaryName(path);
  try {
    // Whole: a lock that a power cut leaves empty would have to be deleted by hand.
    await writeNew(own, `${process.pid}\n`);
    for (const end = Date.now() + wait; ; await pause(betweenAttempts)) {
      const held = await take(own, path, what);
      if (held === undefined) break;
      if (Date.now() >= end) throw new ThinnetError(held);
    }
    await removeLeftOvers(path);
  } catch (error) {
    // The lock that was meant is the one to name.
    if (error instanceof Error && 'path' in error) error.path = path;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  return async () => {
    // Who deleted the lock may have let another process in.
    if ((await holderOf(path)) === process.pid) await rm(path, { force: true });
  };
}

/** Tries once; gives what is in the way, if anything is. */
async function take(own: string, path: string, what: string): Promise<string | undefined> {
  // Released between two looks at it, it can be taken.
  for (;;) {
    if (await place(own, path)) return undefined;
    const holder = await holderOf(path);
    if (holder === undefined) continue;
    if (holder === 'unknown')
      return `${what} is in use by a process that cannot be told; if none is at work in it, delete ${path}`;
    if (isRunning(holder))
      return `${what} is in use by process ${holder}; wait for it, or delete ${path} if that is another program`;
    const takeover = takeoverOf(path);
    if (!(await place(own, takeover)))
      return `${what} is being taken over by another process; if none is at work in it, delete ${takeover} and ${path}`;
    try {
      // Only who holds the takeover replaces a lock, so what is seen now stays until it is replaced here.
      if ((await holderOf(path)) !== holder) continue;
      await rename(own, path);
      return undefined;
    } finally {
      await rm(takeover, { force: true });
    }
  }
}

/** Puts a whole file in place, unless there is one already: at no moment is it there without its content. */
async function place(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
  }
  // Without hard links it is empty for a moment, and an empty one counts as held.
  try {
    await copyFile(own, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** The process that holds a lock; undefined where there is no lock. */
async function holderOf(path: string): Promise<number | 'unknown' | undefined> {
  try {
    const text = (await readWhole(path)).toString('utf8').trim();
    return /^[1-9]\d*$/.test(text) ? Number(text) : 'unknown';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
