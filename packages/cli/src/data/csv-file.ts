/** @file A CSV file, with a test file or with a part of it set apart. */

import type { Split } from 'thinnet';
import { csvColumns, readCsv, stratifiedSplit, ThinnetError } from 'thinnet';
import { readText } from './file.js';
import type { LoadOptions } from './options.js';

/** Share of a single file's examples that becomes the test set. */
export const TEST_SHARE = 0.2;

export const isCsvName = (name: string): boolean => /\.csv(\.gz)?$/i.test(name);

/**
 * Reads a CSV file whose column `label` is to be learned. The test set is the file `test`, else a fifth of the
 * examples, stratified by class and drawn under `splitSeed`.
 *
 * Errors: no label given (lists the columns); those of the reader.
 */
export async function loadCsv(path: string, options: LoadOptions): Promise<Split> {
  const { label, test: testPath, task = 'classification', ignore = [], splitSeed = 0 } = options;
  const bytes = await readText(path);
  if (label === undefined)
    throw new ThinnetError(
      `${path}: which column is to be learned? Give --label one of: ${csvColumns(bytes, path).join(', ')}`,
    );
  const all = readCsv(bytes, { label, name: path, task, ignore });
  if (testPath === undefined) {
    const { train, test } = stratifiedSplit(all, TEST_SHARE, splitSeed);
    return { train: { ...train, name: `${path} train` }, test: { ...test, name: `${path} test` } };
  }
  const test = readCsv(await readText(testPath), { label, name: testPath, task, ignore, like: all });
  return { train: all, test };
}
