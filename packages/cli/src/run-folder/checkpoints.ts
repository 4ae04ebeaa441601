/** @file A checkpoint in a file. */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckpointStore } from 'thinnet';
import { makeFolder, syncFolder, writeAtomically } from './atomic.js';
import { readIfThere } from './read.js';
import { removeLeftOvers } from './temporary.js';

/** Keeps one checkpoint at `path`; the library's checkpoints carry a digest, by which it knows a damaged one. */
export function fileCheckpoints(path: string): CheckpointStore {
  return {
    async read() {
      const file = await readIfThere(path);
      return file === undefined ? undefined : new Uint8Array(file);
    },
    async write(bytes) {
      await makeFolder(dirname(path));
      await writeAtomically(path, bytes);
    },
  };
}

/** Deletes a checkpoint that is no longer needed, and what killed writers left beside it. */
export async function deleteCheckpoint(path: string): Promise<void> {
  await rm(path, { force: true });
  await removeLeftOvers(path);
  await syncFolder(dirname(path));
}
