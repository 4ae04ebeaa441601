/** @file Files that are either whole or as they were, whatever interrupts their writing. */
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ThinnetError } from 'thinnet';
import { hasCode } from './read.js';
import { removeLeftOvers, temporaryName } from './temporary.js';

/** Puts the folder's entries (a rename, a removal) on the disk; systems that cannot sync a folder are left to themselves. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Writes a file that must not be there yet, and has it on the disk whole when it returns. */
export async function writeNew(path: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file's content: temporary file in the same folder, fsync, rename, fsync of the folder. Of several writers at once
 * each replaces the whole, the last one for good; what killed writers left is removed.
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await writeNew(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (hasCode(error, 'ENOENT') && !(await isFolder(dirname(path))))
      throw new ThinnetError(`${path}: there is no folder ${dirname(path)}; make it first`);
    // The file that was meant is the one to name.
    if (error instanceof Error && 'path' in error) error.path = path;
    throw error;
  }
  await removeLeftOvers(path);
  await syncFolder(dirname(path));
}

/** Makes a folder and those above it; one that is there, or that another makes meanwhile, is fine. */
export async function makeFolder(path: string): Promise<void> {
  // Node's own recursive mkdir never returns where the system makes no folders, such as /proc.
  try {
    await makeOne(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST') || !(await isFolder(path))) throw error;
  }
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
