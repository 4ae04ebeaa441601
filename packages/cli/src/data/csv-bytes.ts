/** @file What reading tables and reading texts of a CSV file have in common. */

import { csvColumns, ThinnetError } from 'thinnet';
import { UsageError } from '../usage-error.js';
import { readText } from './file.js';

/** Share of a single file's examples that becomes the test set. */
export const testShare = 0.2;

/** Seed of the draw that sets them apart: the same whatever the run's seeds are. */
export const splitSeed = 0;

/** A file that is not looked at yet. */
export interface CsvBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The bytes of a file. Errors: not there, not readable, no text. */
export async function csvBytes(name: string): Promise<CsvBytes> {
  const bytes = await readText(name);
  // No text has a zero byte; other data have one early on.
  if (bytes.subarray(0, 1024).includes(0))
    throw new ThinnetError(
      `${name}: not a kind of data that is read; give a CSV file, or a folder of IDX or NPY files`,
    );
  return { name, bytes };
}

/** What `read` gives; where it fails and a named column is none of the file's, the mistake is the command line's. */
export function namingColumns<T>({ name, bytes }: CsvBytes, named: readonly string[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isNone = (column: string) => !csvColumns(bytes, name).includes(column);
    if (error instanceof ThinnetError && named.some(isNone)) throw new UsageError(error.message);
    throw error;
  }
}
