/** @file What the words of a text are. */

/**
 * A word of a text that is in lower case: letters and numbers of any script, with the marks on them. An apostrophe, or one of
 * the joiners that Persian and the scripts of India write within words, is part of a word between two letters or numbers.
 */
export const wordPattern =
  "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:['\\u200c\\u200d][\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*)*";

const everyWord = new RegExp(wordPattern, 'gu');

/** Lower case by Unicode's table, the same in every locale, and one form of what can be written in several. */
const folded = (text: string): string =>
  text.toLowerCase().replaceAll('ς', 'σ').replaceAll('’', "'").replaceAll('\u00ad', '').normalize('NFC');

/**
 * The words of a text, in their order: runs of letters and numbers (Unicode's classes L and N) with their marks (M), with single
 * apostrophes inside, as in `don't`. Everything else (spaces, punctuation, emoji, control characters) only separates:
 * `e-mail` is two words, `3.50` is two, `C++` is `c`.
 *
 * Case is folded: lower case as of `String.prototype.toLowerCase`, which asks no locale, and the final sigma as the other. A
 * curly apostrophe counts as a straight one, soft hyphens are left out, and Unicode's form NFC is taken. So
 * `splitWords(splitWords(text).join(' '))` is `splitWords(text)`.
 *
 * Limits. Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) come out as whole
 * phrases, of which few occur twice: put spaces between the words first. Nothing is stemmed: `run` and `runs` are two words.
 * Letters that Unicode has added lately are known to engines that know that version.
 */
export const splitWords = (text: string): string[] => folded(text).match(everyWord) ?? [];
