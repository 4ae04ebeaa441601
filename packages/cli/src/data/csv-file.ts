/** @file A CSV file, with a test file or with a part of it set apart. */

import { existsSync } from 'node:fs';
import type { Split } from 'thinnet';
import { csvColumns, readCsv, stratifiedSplit, ThinnetError } from 'thinnet';
import { quoted } from '../options/invocation.js';
import { UsageError } from '../usage-error.js';
import { readText } from './file.js';
import type { LoadOptions } from './options.js';

/** Share of a single file's examples that becomes the test set. */
const testShare = 0.2;

/** Seed of the draw that sets them apart: the same whatever the run's seeds are. */
const splitSeed = 0;

export const isCsvName = (name: string): boolean => /\.csv(\.gz)?$/i.test(name);

/** What the library's options are on the command line. */
const remedies = {
  ignore: (column: string) => `leave it out (--ignore ${quoted(column)})`,
  regression: null,
};

/**
 * Reads a CSV file whose column `label` is to be learned. The test set is the file `test`, else a fifth of the
 * examples, stratified by class and always the same.
 *
 * Errors: UsageError where no label is given (lists the columns), or a column is named that is none; those of the reader.
 */
export async function loadCsv(path: string, options: LoadOptions): Promise<Split> {
  const { label, test: testPath, ignore = [] } = options;
  if (testPath !== undefined && !existsSync(testPath))
    throw new UsageError(`--test ${testPath}: no such file; check the path`);
  const bytes = await readText(path);
  refuseBinary(path, bytes);
  if (label === undefined)
    throw new UsageError(
      `${path}: which column is to be learned? Give --label one of: ${csvColumns(bytes, path).join(', ')}`,
    );
  const all = namingColumns(bytes, path, [label, ...ignore], () =>
    readCsv(bytes, { label, name: path, ignore, remedies }),
  );
  if (testPath === undefined) {
    const { train, test } = stratifiedSplit(all, testShare, splitSeed);
    return { train: { ...train, name: `${path} train` }, test: { ...test, name: `${path} test` } };
  }
  const testBytes = await readText(testPath);
  refuseBinary(testPath, testBytes);
  return { train: all, test: readCsv(testBytes, { label, name: testPath, ignore, remedies, like: all }) };
}

/** No text has a zero byte; other data have one early on. */
function refuseBinary(path: string, bytes: Uint8Array): void {
  if (bytes.subarray(0, 1024).includes(0))
    throw new ThinnetError(
      `${path}: not a kind of data that is read; give a CSV file, or a folder of IDX or NPY files`,
    );
}

/** What `read` gives; where it fails and a named column is none of the file's, the mistake is the command line's. */
function namingColumns<T>(bytes: Uint8Array, path: string, named: readonly string[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    const isNone = (name: string) => !csvColumns(bytes, path).includes(name);
    if (error instanceof ThinnetError && named.some(isNone)) throw new UsageError(error.message);
    throw error;
  }
}
