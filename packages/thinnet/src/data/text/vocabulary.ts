/** @file The words that are known by number, counted on training texts. */
import { shown, ThinnetError } from '../../error.js';
import { checkOptions, type KeysOf } from '../../options/check.js';
import { eachText } from './check.js';
import { splitWords } from './words.js';

/** How texts become numbers. */
export interface Vocabulary {
  /** The word of each number: `words[0]` fills up short texts, `words[1]` stands for all words that are not known. */
  readonly words: readonly string[];
  /** How many words of a text are read. */
  readonly length: number;
}

/** What fills up short texts. Neither can be a word: no word has a < in it. */
export const padding = { number: 0, word: '<padding>' } as const;
/** What stands for a word that is not known. */
export const unknown = { number: 1, word: '<unknown>' } as const;
/** Numbers that stand for no word of their own. */
export const reserved = [padding.word, unknown.word] as const;

/** How many words are known. */
export const knownWords = ({ words }: Vocabulary): number => words.length - reserved.length;

/** float32, in which networks take them, has every whole number up to 2^24. */
export const mostWords = 2 ** 24 - reserved.length;

export interface VocabularyOptions {
  /** How many words are known at most, the most frequent ones (default 5000). */
  readonly words?: number;
  /** How many words of a text are read; by default as few as leave nineteen texts of twenty whole, but at most 80. */
  readonly length?: number;
  /**
   * How often a word must occur to be known (default 2). Words that occur once are unknown: little can be learned of them, and so
   * the number of the unknown word, which other texts will need, is itself learned.
   */
  readonly least?: number;
  /** What errors begin with (default `texts`). */
  readonly name?: string;
}

const keys: KeysOf<VocabularyOptions> = { words: true, length: true, least: true, name: true };

/**
 * The vocabulary of training texts, never of test texts: their words by how often they occur, the most frequent first, those
 * that are equally frequent by code unit, so that it is the same on every machine. The first has number 2.
 *
 * Errors: an option that is no positive integer; more than 2^24 − 2 words; something else than a list of texts; texts in which no
 * word occurs often enough.
 */
export function countVocabulary(texts: Iterable<string>, options: VocabularyOptions = {}): Vocabulary {
  checkOptions('countVocabulary', options, keys);
  const { words = 5000, length, least = 2, name = 'texts' } = options;
  for (const [what, value] of Object.entries({ words, length: length ?? mostLength, least }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new ThinnetError(`${name}: ${what} is ${shown(value)}; it must be an integer of at least 1`);
  if (words > mostWords)
    throw new ThinnetError(
      `${name}: words is ${words}; it must be at most 2^24 − 2, as float32 counts no further`,
    );
  const counts = new Map<string, number>();
  const lengths: number[] = [];
  for (const text of eachText(name, texts)) {
    const found = splitWords(text);
    lengths.push(found.length);
    for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const known = [...counts].filter(([, count]) => count >= least);
  if (known.length === 0)
    throw new ThinnetError(
      `${name}: none of ${counts.size} different words occurs ${least} times; more texts are needed, or spaces between words`,
    );
  known.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    words: [...reserved, ...known.slice(0, words).map(([word]) => word)],
    length: length ?? usualLength(lengths),
  };
}

/** A recurrent network takes as many steps as a text has words: no more than are read unless asked for. */
const mostLength = 80;

/** The shortest length that leaves 19 texts of 20 whole, from 1 to `mostLength`. */
function usualLength(lengths: readonly number[]): number {
  const ascending = lengths.toSorted((a, b) => a - b);
  const whole = ascending[Math.ceil(0.95 * ascending.length) - 1] ?? 1;
  return Math.min(Math.max(whole, 1), mostLength);
}
