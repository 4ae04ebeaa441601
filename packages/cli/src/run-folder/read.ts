/** @file Reading files that may be absent or damaged. */
import { readFile } from 'node:fs/promises';
import { ThinnetError } from 'thinnet';

/** Whether a file-system error has one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** The error with the file that it is about: that of reading a folder names none. */
export function naming(path: string, error: unknown): unknown {
  if (error instanceof Error && 'code' in error && !('path' in error)) Object.assign(error, { path });
  return error;
}

/** A file's bytes. Errors: those of the file system, each with the file's path. */
export const readWhole = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: unknown) => Promise.reject(naming(path, error)));

/** A file's bytes, or undefined where there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readWhole(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** A JSON object; `remedy` says what to do about a file that holds none. */
export async function readJson(path: string, remedy: string): Promise<Record<string, unknown> | undefined> {
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Fall through: no JSON is as bad as JSON of another kind.
  }
  throw new ThinnetError(`${path} is damaged (no JSON object); ${remedy}`);
}
