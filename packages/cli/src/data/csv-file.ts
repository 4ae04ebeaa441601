/** @file A CSV file, with a test file or with a part of it set apart. */

import { existsSync } from 'node:fs';
import { csvColumns } from 'thinnet';
import { UsageError } from '../usage-error.js';
import { csvBytes } from './csv-bytes.js';
import { readTable } from './csv-table.js';
import { readTexts } from './csv-texts.js';
import type { LoadedData, LoadOptions } from './options.js';

export const isCsvName = (name: string): boolean => /\.csv(\.gz)?$/i.test(name);

/**
 * Reads a CSV file whose column `label` is to be learned, from all others or from the texts of one. The test set is the file
 * `test`, else a fifth of the examples, stratified by class and always the same.
 *
 * Errors: UsageError where no label is given (lists the columns), or a column is named that is none; those of the reader.
 */
export async function loadCsv(path: string, options: LoadOptions): Promise<LoadedData> {
  const { label, test: testPath, ignore = [], text } = options;
  if (testPath !== undefined && !existsSync(testPath))
    throw new UsageError(`--test ${testPath}: no such file; check the path`);
  const file = await csvBytes(path);
  if (label === undefined)
    throw new UsageError(
      `${path}: which column is to be learned? Give --label one of: ${csvColumns(file.bytes, path).join(', ')}`,
    );
  const test = testPath === undefined ? undefined : await csvBytes(testPath);
  const given = { ...options, label, ignore };
  return text === undefined ? readTable(file, test, given) : readTexts(file, test, { ...given, text });
}
