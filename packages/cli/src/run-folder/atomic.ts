/** @file Files that are either whole or as they were, whatever interrupts their writing. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

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
    throw error;
  }
  await syncFolder(dirname(path));
}
