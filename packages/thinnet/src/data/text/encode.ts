/** @file Texts as word numbers, and back. */
import { ThinnetError } from '../../error.js';
import { sharedFloat32 } from '../shared.js';
import { eachText } from './check.js';
import { padding, unknown, type Vocabulary } from './vocabulary.js';
import { splitWords } from './words.js';

/** The number of every word. Made once for each vocabulary. */
const numbersOf = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function numbered({ words }: Vocabulary): ReadonlyMap<string, number> {
  const known = numbersOf.get(words) ?? new Map(words.map((word, number) => [word, number]));
  numbersOf.set(words, known);
  return known;
}

/**
 * Texts as word numbers [n, length], row-major float32, as `embedding` takes them. Shorter texts are padded in front, so that a
 * recurrent network has just read the last word when its state is looked at. Of longer ones the beginning is read, where
 * most texts say what they are about; the rest, where signatures and quotations stand, is cut.
 *
 * Errors: something else than a list of texts.
 */
export function encodeTexts(texts: readonly string[], vocabulary: Vocabulary): Float32Array {
  const { length } = vocabulary;
  const numbers = numbered(vocabulary);
  const all = [...eachText('encodeTexts', texts)];
  const encoded = sharedFloat32(all.length * length).fill(padding.number);
  all.forEach((text, i) => {
    const words = splitWords(text).slice(0, length);
    const from = (i + 1) * length - words.length;
    words.forEach((word, t) => {
      encoded[from + t] = numbers.get(word) ?? unknown.number;
    });
  });
  return encoded;
}

/**
 * The words of numbers, for people: with spaces between, without the padding in front, unknown words as `<unknown>`. Where
 * all words are known, what it gives is encoded as the same numbers again.
 *
 * Errors: a number that is no word's.
 */
export function decodeText(numbers: ArrayLike<number>, { words }: Vocabulary): string {
  const decoded = Array.from(numbers, (number, t) => {
    const word = words[number];
    if (word === undefined)
      throw new ThinnetError(
        `decodeText: number ${number} at ${t} is no word's; the vocabulary has numbers 0 to ${words.length - 1}`,
      );
    return word;
  });
  const first = decoded.findIndex((word) => word !== padding.word);
  return first < 0 ? '' : decoded.slice(first).join(' ');
}

/** What a vocabulary leaves of texts. */
export interface TextCoverage {
  readonly texts: number;
  /** Texts of more words than are read. */
  readonly cut: number;
  /** Texts without any word. */
  readonly empty: number;
  /** Words that are read, each as often as it occurs. */
  readonly words: number;
  /** Those among them that are not known. */
  readonly unknown: number;
}

/** Counts what a vocabulary leaves of texts. Errors: something else than a list of texts. */
export function textCoverage(texts: readonly string[], vocabulary: Vocabulary): TextCoverage {
  const numbers = numbered(vocabulary);
  const sum = { texts: 0, cut: 0, empty: 0, words: 0, unknown: 0 };
  for (const text of eachText('textCoverage', texts)) {
    sum.texts++;
    const words = splitWords(text);
    if (words.length > vocabulary.length) sum.cut++;
    if (words.length === 0) sum.empty++;
    const read = words.slice(0, vocabulary.length);
    sum.words += read.length;
    sum.unknown += read.filter((word) => !numbers.has(word)).length;
  }
  return sum;
}
