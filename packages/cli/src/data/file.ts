/** @file Reading a file whole, with errors that say what to do. */

import { open, readFile, stat } from 'node:fs/promises';
import { gunzip, isGzip, sharedUint8, ThinnetError } from 'thinnet';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file; check the path',
  ENOTDIR: 'a part of the path is not a folder; check the path',
  EACCES: 'not readable; check its permissions',
  EPERM: 'not readable; check its permissions',
  ELOOP: 'its links form a loop; give the file itself',
  ENAMETOOLONG: 'the name is too long; check the path',
};

/** A file system's error as one that the user can act on. Other errors stay what they are. */
export function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined) return error;
  return new ThinnetError(`${path}: ${reasons[code] ?? `can't be read (${code})`}`);
}

/** Runs `read` on a file once it is known to be one: opening a pipe would wait for ever. */
async function withFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    if (!(await stat(path)).isFile()) throw new ThinnetError(`${path}: not a file; give the path of a file`);
    return await read();
  } catch (error) {
    throw fileError(path, error);
  }
}

/**
 * The bytes of a file in shared memory, read straight into it; those of a gzip file (whatever its name) decompressed
 * into it.
 *
 * Errors: nothing there, not a file, not readable; a file that changes while it is read; corrupt gzip.
 */
export const readShared = (path: string): Promise<Uint8Array> =>
  withFile(path, async () => {
    const handle = await open(path);
    try {
      const bytes = sharedUint8((await handle.stat()).size);
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
        if (bytesRead === 0) throw new ThinnetError(`${path}: got shorter while it was read; try again`);
        at += bytesRead;
      }
      return isGzip(bytes) ? await gunzip(bytes, path, sharedUint8) : bytes;
    } finally {
      await handle.close();
    }
  });

/** The bytes of a text file, decompressed if it is a gzip file. Errors: as `readShared`. */
export const readText = (path: string): Promise<Uint8Array> =>
  withFile(path, async () => {
    const bytes = await readFile(path);
    return isGzip(bytes) ? gunzip(bytes, path) : bytes;
  });
