/** @file A column of a CSV file as texts: word numbers by the vocabulary of the training texts. */

import {
  type CsvTexts,
  countVocabulary,
  knownWords,
  readCsvTexts,
  splitTexts,
  textCoverage,
  textDataset,
  type Vocabulary,
} from 'thinnet';
import { quoted } from '../options/invocation.js';
import { UsageError } from '../usage-error.js';
import { type CsvBytes, namingColumns, splitSeed, testShare } from './csv-bytes.js';
import type { LoadedData } from './options.js';

interface TextOptions {
  readonly label: string;
  readonly ignore: readonly string[];
  readonly text: string;
  readonly words?: number;
  readonly length?: number;
}

const count = (value: number): string => value.toLocaleString('en-US');

/** Both sets; the vocabulary is counted once the test texts are set apart. */
export function readTexts(file: CsvBytes, test: CsvBytes | undefined, options: TextOptions): LoadedData {
  const { label, ignore, text, words, length } = options;
  if (text === label)
    throw new UsageError(`--text and --label are both ${text}; name another column for one`);
  const read = { text, label, ignore };
  const all = namingColumns(file, [label, text, ...ignore], () =>
    readCsvTexts(file.bytes, { ...read, name: file.name }),
  );
  const sets =
    test === undefined
      ? named(splitTexts(all, testShare, splitSeed), file.name)
      : { train: all, test: readCsvTexts(test.bytes, { ...read, name: test.name, like: all }) };
  const vocabulary = countVocabulary(sets.train.texts, {
    name: sets.train.name,
    ...(words === undefined ? {} : { words }),
    ...(length === undefined ? {} : { length }),
  });
  return {
    train: textDataset(sets.train, vocabulary),
    test: textDataset(sets.test, vocabulary),
    remarks: [
      ...vocabularyInWords(text, vocabulary),
      ...coverageInWords(sets, vocabulary),
      ...unusedInWords(all, ignore),
    ],
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

const vocabularyInWords = (text: string, vocabulary: Vocabulary): readonly string[] => [
  `Texts (${text}): ${count(knownWords(vocabulary))} words known, counted on the training texts; of each text the ` +
    `first ${vocabulary.length} words are read.`,
];

/** A text of which this share is unknown tells little. */
const muchUnknown = 0.5;

function coverageInWords({ train, test }: Sets, vocabulary: Vocabulary): readonly string[] {
  const [ofTrain, ofTest] = [train, test].map(({ texts }) => textCoverage(texts, vocabulary));
  if (ofTrain === undefined || ofTest === undefined) return [];
  const share = ofTest.words === 0 ? 0 : ofTest.unknown / ofTest.words;
  const longer = ofTrain.cut + ofTest.cut;
  const texts = count(ofTrain.texts + ofTest.texts);
  const empty = ofTrain.empty + ofTest.empty;
  return [
    `Of the words in test texts ${(100 * share).toFixed(1)} % are unknown; ${count(longer)} of all ${texts} texts are longer.`,
    ...(share > muchUnknown
      ? [
          'Warning: most words of the test texts are unknown; raise --words, bring more texts, or put spaces between the words of a language that writes none.',
        ]
      : []),
    ...(empty > 0
      ? [`Warning: ${count(empty)} of all ${texts} texts have no word; to the network they are all alike.`]
      : []),
  ];
}

function unusedInWords({ unused }: CsvTexts, ignore: readonly string[]): readonly string[] {
  if (unused.length === 0) return [];
  const which = `${unused.length === 1 ? 'column' : 'columns'} ${unused.join(', ')}`;
  // What has a comma in its name cannot be written so.
  const all = [...ignore, ...unused];
  const remedy = all.some((name) => name.includes(',')) ? '' : ` (--ignore ${quoted(all.join(','))} says so)`;
  return [`Warning: ${which}: not read, since the model text reads texts alone${remedy}.`];
}
