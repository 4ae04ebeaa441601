/** @file Reading a file whole, with errors that say what to do. */

import { open, readFile } from 'node:fs/promises';
import { gunzip, isGzip, sharedUint8, ThinnetError } from 'thinnet';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file; check the path',
  ENOTDIR: 'a part of the path is not a folder; check the path',
  EISDIR: 'a folder; give a file',
  EACCES: 'not readable; check its permissions',
  EPERM: 'not readable; check its permissions',
  ELOOP: 'its links form a loop; give the file itself',
  ENAMETOOLONG: 'the name is too long; check the path',
};

/** A file system's error as one that the user can act on. Other errors pass. */
export function fileError(path: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || error instanceof ThinnetError) return error;
  return new ThinnetError(`${path}: ${reasons[code] ?? `can't be read (${code})`}`);
}

/**
 * The bytes of a file in shared memory, read straight into it; those of a gzip file (whatever its name) decompressed
 * into it.
 *
 * Errors: nothing there, not a file, not readable; a file that changes while it is read; corrupt gzip.
 */
export async function readShared(path: string): Promise<Uint8Array> {
  try {
    await using file = await openFile(path);
    const bytes = sharedUint8(file.size);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) throw new ThinnetError(`${path}: got shorter while it was read; try again`);
      at += bytesRead;
    }
    // DecompressionStream takes no shared memory; the compressed bytes are the small part.
    return isGzip(bytes) ? await gunzip(bytes.slice(), path, sharedUint8) : bytes;
  } catch (error) {
    throw fileError(path, error);
  }
}

/** The bytes of a text file, decompressed if it is a gzip file. Errors: as `readShared`. */
export async function readText(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(path);
    return isGzip(bytes) ? await gunzip(bytes, path) : bytes;
  } catch (error) {
    throw fileError(path, error);
  }
}

async function openFile(path: string) {
  const handle = await open(path);
  const dispose = (): Promise<void> => handle.close();
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new ThinnetError(`${path}: not a file; give the path of a file`);
  }
  return { handle, size: stat.size, [Symbol.asyncDispose]: dispose };
}
