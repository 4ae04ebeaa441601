/** @file One process at a time in a run folder. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ThinnetError } from 'thinnet';
import { hasCode } from './read.js';

export const lockName = 'run.lock';

/** Takes the folder; gives what releases it. A lock whose process is gone is taken over. */
export async function lockFolder(folder: string, pid = process.pid): Promise<() => Promise<void>> {
  const path = join(folder, lockName);
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(path, `${pid}\n`, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || attempt > 2) throw error;
      const holder = Number((await readFile(path, 'utf8').catch(() => '')).trim());
      if (isRunning(holder)) {
        throw new ThinnetError(
          `${folder} is in use by process ${holder}; wait for it, or delete ${path} if that is another program`,
        );
      }
      await rm(path, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
