/** @file The visitor's own table: kept in the database by its digest, read by the library. */
import { csvColumns, readCsv, type Split, stratifiedSplit, ThinnetError } from 'thinnet';
import { messageOf } from '../components/message.js';
import type { CsvChoice } from '../settings/settings.js';
import { findFile, keepFile } from '../store/files.js';
import { heldTable, holdTable } from './held-table.js';
import { hex, sha256 } from './sha256.js';

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
  return { name, sha256: hex(await sha256(bytes)), columns, bytes };
}

/** Remedies of the library that the page does not have, and what to do in the page instead. */
const remedies: readonly (readonly [library: RegExp, page: string])[] = [
  [/; encode it as one, or ignore the column/, '; leave the column out, or encode it as a number'],
  [/; name another column, or set task to regression/, '; choose another column to learn'],
  [
    /, which numbers no class; for targets set task to regression/,
    ', which is no class; choose another column to learn, as the page learns classes only',
  ],
];

const inWordsOfThePage = (message: string): string =>
  remedies.reduce((words, [library, page]) => words.replace(library, page), message);

/**
 * Rows as examples, a fifth of each class apart for the test. Errors: those of `readCsv`, which name line and column,
 * with what can be done about them in the page.
 */
export function readTable(bytes: Uint8Array, { name, label, ignore = [] }: Omit<CsvChoice, 'sha256'>): Split {
  try {
    return stratifiedSplit(readCsv(bytes, { name, label, ignore }), testShare, 0);
  } catch (error) {
    if (!(error instanceof ThinnetError)) throw error;
    throw new ThinnetError(inWordsOfThePage(error.message), { cause: error });
  }
}

/** Keeps a file for the next visit; in a browser that keeps nothing, for this one, and gives why. */
export async function keepCsv({ name, sha256, bytes }: CsvFile): Promise<string | undefined> {
  holdTable(sha256, bytes);
  try {
    await keepFile({ name, sha256, bytes });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** The file of that digest, if this page or this browser has it. */
export const findCsv = async (digest: string): Promise<Uint8Array | undefined> =>
  heldTable(digest) ?? (await findFile(digest).catch(() => undefined))?.bytes;

/**
 * @param given the file's bytes, where the page has them
 * Errors: a file that this browser does not have.
 */
export async function loadCsv(choice: CsvChoice, given?: Uint8Array): Promise<Split> {
  const bytes = given ?? (await findCsv(choice.sha256));
  if (bytes === undefined)
    throw new ThinnetError(`the file ${choice.name} is not in this browser; choose it again under “data”`);
  return readTable(bytes, choice);
}
