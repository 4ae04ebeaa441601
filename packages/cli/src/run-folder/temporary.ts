/** @file Files that are written beside the one that is meant: their names, and what killed writers left of them. */
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunning } from './process.js';

/** A name beside `path` that no other writer has, of this process or another. */
export const temporaryName = (path: string): string =>
  `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;

/** The process that a temporary file of `base` belongs to; undefined where the name is none. */
function writerOf(name: string, base: string): number | undefined {
  if (!name.startsWith(`${base}.`)) return undefined;
  const [, pid] = /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(base.length + 1)) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** Whether a name is that of a temporary file of `base`. */
export const isTemporaryOf = (name: string, base: string): boolean => writerOf(name, base) !== undefined;

/** Removes what writers of `path` left that are gone; whatever is in the way of that stays. */
export async function removeLeftOvers(path: string): Promise<void> {
  const [folder, base] = [dirname(path), basename(path)];
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = writerOf(name, base);
    if (pid !== undefined && !isRunning(pid)) await rm(join(folder, name), { force: true }).catch(() => {});
  }
}
