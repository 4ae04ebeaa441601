/** @file A column of a CSV file as texts: word numbers by the vocabulary of the training texts. */

import { type CsvTexts, countVocabulary, csvColumns, readCsvTexts, splitTexts, textDataset } from 'thinnet';
import { UsageError } from '../usage-error.js';
import { type CsvBytes, namingColumns, splitSeed, testShare } from './csv-bytes.js';
import type { LoadedData } from './options.js';
import { textRemarks } from './text-remarks.js';

interface TextOptions {
  readonly label: string;
  readonly ignore: readonly string[];
  readonly text: string;
  readonly words?: number;
  readonly length?: number;
}

/** Both sets; the vocabulary is counted once the test texts are set apart. */
export function readTexts(file: CsvBytes, test: CsvBytes | undefined, options: TextOptions): LoadedData {
  const { label, ignore, text, words, length } = options;
  if (text === label)
    throw new UsageError(`--text and --label are both ${text}; name another column for one`);
  const all = namingColumns(file, [label, text], () =>
    readCsvTexts(file.bytes, { text, label, name: file.name }),
  );
  const sets =
    test === undefined
      ? named(splitTexts(all, testShare, splitSeed), file.name)
      : { train: all, test: readCsvTexts(test.bytes, { text, label, name: test.name, like: all }) };
  const others = [...new Set([...sets.train.unused, ...sets.test.unused])];
  refuseIgnored(file, test, others, options);
  const vocabulary = countVocabulary(sets.train.texts, {
    name: sets.train.name,
    ...(words === undefined ? {} : { words }),
    ...(length === undefined ? {} : { length }),
  });
  const unused = others.filter((name) => !ignore.includes(name));
  return {
    train: textDataset(sets.train, vocabulary),
    test: textDataset(sets.test, vocabulary),
    remarks: textRemarks({ ...sets, text, vocabulary, words, ignore, unused }),
  };
}

interface Sets {
  readonly train: CsvTexts;
  readonly test: CsvTexts;
}

const named = ({ train, test }: Sets, name: string): Sets => ({
  train: { ...train, name: `${name} train` },
  test: { ...test, name: `${name} test` },
});

/** A column that is to be ignored may be in one of the files alone: neither has to have what is not read. */
function refuseIgnored(
  file: CsvBytes,
  test: CsvBytes | undefined,
  others: readonly string[],
  { text, label, ignore }: TextOptions,
): void {
  for (const name of ignore) {
    if (name === text || name === label)
      throw new UsageError(
        `${file.name}: column "${name}" is the ${name === text ? 'text' : 'label'} and can't be ignored`,
      );
    if (others.includes(name)) continue;
    const files = [file, ...(test === undefined ? [] : [test])];
    const columns = [...new Set(files.flatMap(({ bytes, name: source }) => csvColumns(bytes, source)))];
    throw new UsageError(
      `${files.map((each) => each.name).join(' and ')}: no column "${name}" to ignore; the columns are ${columns.join(', ')}`,
    );
  }
}
