/** @file Files that are either whole or as they were, whatever interrupts their writing. */
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './read.js';

/** Puts the folder's entries (a rename, a removal) on the disk; systems that cannot sync a folder are left to themselves. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Replaces a file's content: temporary file in the same folder, fsync, rename, fsync of the folder.
 * One writer at a time; what a killed writer left over is overwritten by the next.
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // The file that was meant is the one to name.
    if (error instanceof Error && 'path' in error) error.path = path;
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a folder and those above it; one that is there is fine. */
export async function makeFolder(path: string): Promise<void> {
  // Node's own recursive mkdir never returns where the system makes no folders, such as /proc.
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT') && dirname(path) !== path && !(await isFolder(dirname(path)))) {
      await makeFolder(dirname(path));
      await mkdir(path);
    } else if (!hasCode(error, 'EEXIST') || !(await isFolder(path))) throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
