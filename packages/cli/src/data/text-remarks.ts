/** @file What is to be said of texts that were read, and of their vocabulary. */

import { type CsvTexts, knownWords, splitWords, textCoverage, type Vocabulary } from 'thinnet';
import { quoted } from '../options/invocation.js';

export interface ReadTexts {
  /** The column of texts. */
  readonly text: string;
  readonly train: CsvTexts;
  readonly test: CsvTexts;
  readonly vocabulary: Vocabulary;
  /** How many words may be known. */
  readonly words: number | undefined;
  /** Columns that are meant not to be read. */
  readonly ignore: readonly string[];
  /** Columns of either file that are read as little and were not named. */
  readonly unused: readonly string[];
}

/** The lines to print. */
export const textRemarks = (read: ReadTexts): readonly string[] =>
  [vocabularyInWords, coverageInWords, repeatsInWords, lengthInWords, unusedInWords].flatMap((lines) =>
    lines(read),
  );

const count = (value: number): string => value.toLocaleString('en-US');

const vocabularyInWords = ({ text, vocabulary }: ReadTexts): readonly string[] => [
  `Texts (${text}): ${count(knownWords(vocabulary))} words known, counted on the training texts; of each text the ` +
    `first ${vocabulary.length} words are read.`,
];

/** A text of which this share is unknown tells little. */
const muchUnknown = 0.5;

function coverageInWords({ train, test, vocabulary, words }: ReadTexts): readonly string[] {
  const [ofTrain, ofTest] = [textCoverage(train.texts, vocabulary), textCoverage(test.texts, vocabulary)];
  const share = ofTest.words === 0 ? 0 : ofTest.unknown / ofTest.words;
  const longer = ofTrain.cut + ofTest.cut;
  const texts = count(ofTrain.texts + ofTest.texts);
  const empty = ofTrain.empty + ofTest.empty;
  const more = knownWords(vocabulary) === words ? 'raise --words, ' : '';
  return [
    `Of the words read of test texts ${(100 * share).toFixed(1)} % are unknown; ${count(longer)} of all ${texts} texts are longer.`,
    ...(share > muchUnknown
      ? [
          `Warning: most words of the test texts are unknown; ${more}bring more texts, or put spaces between the words of a language that writes none.`,
        ]
      : []),
    ...(empty > 0
      ? [`Warning: ${count(empty)} of all ${texts} texts have no word; to the network they are all alike.`]
      : []),
  ];
}

/** A share of repeated test texts that moves the test error by less than what seeds do. */
const fewRepeats = 0.01;

/** Texts without any word are told of already. */
function repeatsInWords({ train, test }: ReadTexts): readonly string[] {
  const wordsOf = (text: string): string => splitWords(text).join(' ');
  const known = new Set(train.texts.map(wordsOf));
  known.delete('');
  const repeated = test.texts.filter((text) => known.has(wordsOf(text))).length;
  if (repeated <= fewRepeats * test.length) return [];
  return [
    `Warning: ${count(repeated)} of ${count(test.length)} test texts are also training texts, word for word; ` +
      'remove repeats, or the test error says what was learned by heart.',
  ];
}

/** So many words can be read without a word on what they cost. */
const longText = 200;

const lengthInWords = ({ vocabulary: { length } }: ReadTexts): readonly string[] =>
  length > longText
    ? [
        `Reading ${length} words of a text makes steps long: their time grows faster than the length, and their memory with it.`,
      ]
    : [];

function unusedInWords({ unused, ignore }: ReadTexts): readonly string[] {
  if (unused.length === 0) return [];
  const which = `${unused.length === 1 ? 'column' : 'columns'} ${unused.join(', ')}`;
  // What has a comma in its name cannot be written so.
  const all = [...ignore, ...unused];
  const remedy = all.some((name) => name.includes(',')) ? '' : ` (--ignore ${quoted(all.join(','))} says so)`;
  return [`Warning: ${which}: not read, since the model text reads texts alone${remedy}.`];
}
