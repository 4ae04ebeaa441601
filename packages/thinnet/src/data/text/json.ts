/** @file A vocabulary as JSON: all that it takes to encode texts, with this library or without. */
import { ThinnetError } from '../../error.js';
import { reserved, type Vocabulary } from './vocabulary.js';
import { splitWords, wordPattern } from './words.js';

const format = 1;

/** The words that apply to reading a vocabulary in whatever language: its numbers, how long texts are, what a word is. */
interface VocabularyFile {
  readonly format: typeof format;
  readonly length: number;
  /** A regular expression with the flags g and u, for texts in lower case. */
  readonly pattern: string;
  readonly words: readonly string[];
}

/** A vocabulary as JSON: `{ format, length, pattern, words }`; `pattern` is the regular expression of a word, for readers without this library. */
export function vocabularyToJson({ words, length }: Vocabulary): string {
  const file: VocabularyFile = { format, length, pattern: wordPattern, words };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/**
 * Reads what `vocabularyToJson` wrote. `name` begins errors.
 *
 * Errors: no JSON; another format or another rule of what a word is; a length that is no positive integer; words that no text can
 * have, or that are there twice.
 */
export function vocabularyFromJson(text: string, name: string): Vocabulary {
  const { format: found, length, pattern, words } = parsed(text, name);
  const refuse = (what: string): never => {
    throw new ThinnetError(`${name}: ${what}; get the file again from where it was made`);
  };
  if (found !== format) refuse(`its format is ${JSON.stringify(found)}, not ${format}`);
  if (pattern !== wordPattern)
    refuse(`its pattern of a word is ${JSON.stringify(pattern)}, not that of this version`);
  if (!Number.isSafeInteger(length) || (length as number) < 1)
    refuse(`its length is ${JSON.stringify(length)}, not an integer of at least 1`);
  if (!Array.isArray(words) || reserved.some((word, number) => words[number] !== word))
    return refuse(`its words must be a list that begins with ${reserved.join(', ')}`);
  const before = new Set<unknown>(reserved);
  words.slice(reserved.length).forEach((word: unknown, i) => {
    const number = i + reserved.length;
    if (typeof word !== 'string' || splitWords(word).length !== 1 || splitWords(word)[0] !== word)
      refuse(`word ${number} is ${JSON.stringify(word)}, which no text has for a word`);
    if (before.has(word)) refuse(`word ${number}, ${JSON.stringify(word)}, is there twice`);
    before.add(word);
  });
  return { words: words as string[], length: length as number };
}

function parsed(text: string, name: string): Partial<Record<keyof VocabularyFile, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // The same remedy.
  }
  throw new ThinnetError(`${name}: not a vocabulary as JSON; get the file again from where it was made`);
}
