/** @file The visitor's own files in the database, by their SHA-256: the few that were used last. */
import { database, type FileRecord } from './database.js';

/** Each may have tens of megabytes. */
const mostFiles = 5;

/** Keeps a file for the next visit; of more than five the ones that were not used for longest go. */
export async function keepFile(file: Omit<FileRecord, 'used'>): Promise<void> {
  const { store, done } = (await database()).transaction('files', 'readwrite');
  await store.put({ ...file, used: Date.now() });
  // One after the other: all of them at once may be more than there is memory for.
  const known: Pick<FileRecord, 'sha256' | 'used'>[] = [];
  for await (const { value } of store) known.push({ sha256: value.sha256, used: value.used });
  const others = known.filter(({ sha256 }) => sha256 !== file.sha256).sort((a, b) => b.used - a.used);
  for (const { sha256 } of others.slice(mostFiles - 1)) await store.delete(sha256);
  await done;
}

/** The file of that digest, if this browser still has it. */
export async function findFile(sha256: string): Promise<FileRecord | undefined> {
  const file = await (await database()).get('files', sha256);
  // Found all the same where the storage is full.
  if (file !== undefined) await keepFile(file).catch(() => undefined);
  return file;
}
