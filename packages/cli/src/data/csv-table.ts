/** @file A CSV file as a table: every column but the label is a feature. */

import { readCsv, type Split, stratifiedSplit } from 'thinnet';
import { quoted } from '../options/invocation.js';
import { type CsvBytes, namingColumns, splitSeed, testShare } from './csv-bytes.js';

/** What the library's options are on the command line. */
const remedies = {
  ignore: (column: string) =>
    `leave it out (--ignore ${quoted(column)}), or read it as texts (--text ${quoted(column)})`,
  regression: null,
};

/** Both sets; a part of the file is set apart where there is no test file. */
export function readTable(
  file: CsvBytes,
  test: CsvBytes | undefined,
  { label, ignore }: { readonly label: string; readonly ignore: readonly string[] },
): Split {
  const all = namingColumns(file, [label, ...ignore], () =>
    readCsv(file.bytes, { label, name: file.name, ignore, remedies }),
  );
  if (test !== undefined)
    return { train: all, test: readCsv(test.bytes, { label, name: test.name, ignore, remedies, like: all }) };
  const split = stratifiedSplit(all, testShare, splitSeed);
  return {
    train: { ...split.train, name: `${file.name} train` },
    test: { ...split.test, name: `${file.name} test` },
  };
}
