/** @file The visitor's own table: kept in the database by its digest, read by the library. */
import { csvColumns, readCsv, type Split, stratifiedSplit, ThinnetError } from 'thinnet';
import type { CsvChoice } from '../settings/settings.js';
import { database } from '../store/database.js';

/** Share of the rows, of each class, that judges. */
export const testShare = 0.2;

/** What is known of a file when it has been taken. */
export interface CsvFile {
  readonly name: string;
  readonly sha256: string;
  readonly columns: readonly string[];
  readonly bytes: Uint8Array;
}

/** Looks at a file's header and gives it its digest. Errors: an empty file; one that is not text. */
export async function takeCsv(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<CsvFile> {
  if (crypto.subtle === undefined)
    throw new ThinnetError(
      `${name}: files of your own need a page with https, or localhost; this one has neither`,
    );
  const columns = csvColumns(bytes, name);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name, sha256, columns, bytes };
}

/** Rows as examples, a fifth of each class apart for the test. Errors: those of `readCsv`, which name line and column. */
export function readTable(bytes: Uint8Array, { name, label }: Pick<CsvChoice, 'name' | 'label'>): Split {
  return stratifiedSplit(readCsv(bytes, { name, label }), testShare, 0);
}

/** Keeps a file for the next visit. */
export async function keepCsv({ name, sha256, bytes }: CsvFile): Promise<void> {
  await (await database()).put('files', { name, sha256, bytes, used: Date.now() });
}

/** The file of that digest, if this browser has seen it. */
export const findCsv = async (sha256: string): Promise<Uint8Array | undefined> =>
  (await (await database()).get('files', sha256))?.bytes;

/** Errors: a file that this browser does not have. */
export async function loadCsv(choice: CsvChoice): Promise<Split> {
  const bytes = await findCsv(choice.sha256);
  if (bytes === undefined)
    throw new ThinnetError(`the file ${choice.name} is not in this browser; choose it again under “data”`);
  return readTable(bytes, choice);
}
