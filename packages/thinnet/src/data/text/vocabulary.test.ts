import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../../error.js';
import { decodeText, encodeTexts, textCoverage } from './encode.js';
import { vocabularyFromJson, vocabularyToJson } from './json.js';
import { countVocabulary, type Vocabulary } from './vocabulary.js';
import { splitWords } from './words.js';

const word = fc.constantFrom(...'alpha beta gamma delta Epsilon zeta Ζήτα eta’s 7 it'.split(' '));
const textOf = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const someTexts = fc.array(textOf, { minLength: 1, maxLength: 20 });
/** Texts in which a word occurs twice. */
const texts = fc.tuple(someTexts, word).map(([some, twice]) => [...some, `${twice} ${twice}`]);
const options = fc.record({
  words: fc.integer({ min: 1, max: 12 }),
  length: fc.integer({ min: 1, max: 15 }),
  least: fc.integer({ min: 1, max: 2 }),
});

describe('a vocabulary', () => {
  it('has the most frequent words first, and equally frequent ones by code unit', () => {
    const { words } = countVocabulary(['b a c, B é', 'a Z b z', 'é rare'], { words: 4 });
    expect(words).toEqual(['<padding>', '<unknown>', 'b', 'a', 'z', 'é']);
    expect(countVocabulary(['b a'], { least: 1 }).words.slice(2)).toEqual(['a', 'b']);
  });

  it('depends on how often words occur, not on the order of texts', () => {
    fc.assert(
      fc.property(texts, options, (all, wanted) => {
        expect(countVocabulary([...all].reverse(), wanted)).toEqual(countVocabulary(all, wanted));
      }),
    );
  });

  it('knows no word more often than it leaves out one that occurs more, and none that occurs too seldom', () => {
    fc.assert(
      fc.property(texts, options, (all, wanted) => {
        const counts = new Map<string, number>();
        for (const each of all.flatMap(splitWords)) counts.set(each, (counts.get(each) ?? 0) + 1);
        const known = countVocabulary(all, wanted).words.slice(2);
        const countOf = (each: string) => counts.get(each) as number;
        const left = [...counts.keys()].filter((each) => !known.includes(each));
        const rarest = Math.min(...known.map(countOf));
        expect(rarest).toBeGreaterThanOrEqual(wanted.least);
        expect(known.length).toBe(
          Math.min(wanted.words, [...counts.values()].filter((count) => count >= wanted.least).length),
        );
        expect(
          Math.max(0, ...left.map(countOf).filter((count) => count >= wanted.least)),
        ).toBeLessThanOrEqual(rarest);
      }),
    );
  });

  it('reads as many words as leave 19 texts of 20 whole, but at most 80, unless told how many', () => {
    const lengthOf = (...lengths: readonly number[]) =>
      countVocabulary(['it it', ...lengths.map((length) => 'it '.repeat(length))]).length;
    // With the text of 2 words: 20 texts.
    const nineteen = Array.from({ length: 18 }, () => 7);
    expect(lengthOf(...nineteen, 30)).toBe(7);
    expect(lengthOf(...nineteen.slice(1), 30, 9)).toBe(9);
    expect(lengthOf(100)).toBe(80);
    expect(countVocabulary(['it it it'], { length: 2 }).length).toBe(2);
  });

  it.each([
    [{ words: 0 }, 'texts: words is 0; it must be an integer of at least 1'],
    [{ length: 2.5, name: 'f.csv' }, 'f.csv: length is 2.5; it must be an integer of at least 1'],
    [
      { words: 2 ** 24 - 1 },
      'texts: words is 16777215; it must be at most 2^24 − 2, as float32 counts no further',
    ],
    [{}, 'texts: none of 2 different words occurs 2 times; more texts are needed, or spaces between words'],
  ])('is refused with %j', (wanted, message) => {
    expect(() => countVocabulary(['one two'], wanted)).toThrow(new ThinnetError(message));
  });

  it('refuses an option that it does not know', () => {
    expect(() => countVocabulary(['a a'], { size: 5 } as never)).toThrow('countVocabulary: no option "size"');
  });
});

describe('texts by a vocabulary', () => {
  const vocabulary = countVocabulary(['the cat the dog', 'the cat sat', 'sat'], { length: 4 });

  it('are numbers with the padding in front, longer ones without their end', () => {
    expect(vocabulary.words.slice(2)).toEqual(['the', 'cat', 'sat']);
    expect(
      Array.from(encodeTexts(['The cat!', 'a dog', 'sat cat the sat the the', '?'], vocabulary)),
    ).toEqual([...[0, 0, 2, 3], ...[0, 0, 1, 1], ...[4, 3, 2, 4], ...[0, 0, 0, 0]]);
  });

  it('come back as their words, unknown ones as such', () => {
    expect(decodeText([0, 0, 2, 3], vocabulary)).toBe('the cat');
    expect(decodeText(Float32Array.of(1, 2, 1, 4), vocabulary)).toBe('<unknown> the <unknown> sat');
    expect(decodeText([0, 0], vocabulary)).toBe('');
    expect(() => decodeText([2, 5], vocabulary)).toThrow(
      "decodeText: number 5 at 1 is no word's; the vocabulary has numbers 0 to 4",
    );
  });

  it('are the beginnings of their words, or all of them, where every word is known', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 15 }), (all, length) => {
        const known = countVocabulary(all, { length, least: 1 });
        const encoded = encodeTexts(all, known);
        all.forEach((text, i) => {
          const row = encoded.subarray(i * length, (i + 1) * length);
          expect(decodeText(row, known)).toBe(splitWords(text).slice(0, length).join(' '));
          expect(encodeTexts([decodeText(row, known)], known)).toEqual(row.slice());
        });
      }),
    );
  });

  it('have numbers that the vocabulary has, and its padding only in front', () => {
    fc.assert(
      fc.property(texts, someTexts, options, (train, other, wanted) => {
        const known = countVocabulary(train, wanted);
        const encoded = encodeTexts(other, known);
        expect(encoded).toHaveLength(other.length * wanted.length);
        expect(encoded.every((n) => Number.isInteger(n) && n >= 0 && n < known.words.length)).toBe(true);
        for (let i = 0; i < other.length; i++) {
          const row = encoded.subarray(i * wanted.length, (i + 1) * wanted.length);
          expect(row.slice(row.findIndex((n) => n > 0)).includes(0)).toBe(row.every((n) => n === 0));
        }
      }),
    );
  });

  it('are counted: what is cut, what is empty, what is not known', () => {
    expect(textCoverage(['the cat', 'a dog', 'sat cat the sat the dog', '?'], vocabulary)).toEqual({
      texts: 4,
      cut: 1,
      empty: 1,
      words: 8,
      unknown: 2,
    });
  });
});

describe('what is no list of texts', () => {
  const vocabulary = countVocabulary(['a cat a cat']);
  const uses: readonly (readonly [string, (texts: never) => unknown])[] = [
    ['f.csv', (texts) => countVocabulary(texts, { name: 'f.csv' })],
    ['encodeTexts', (texts) => encodeTexts(texts, vocabulary)],
    ['textCoverage', (texts) => textCoverage(texts, vocabulary)],
  ];
  it.each(uses)('is refused by %s: one text, its letters would be taken for texts', (place, use) => {
    const message = (what: string) => new ThinnetError(`${place}: ${what}; give a list of texts`);
    const orOne = (what: string) => new ThinnetError(`${message(what).message}, such as [text]`);
    expect(() => use('a cat a cat' as never)).toThrow(orOne('one string for texts'));
    expect(() => use(undefined as never)).toThrow(orOne('texts is undefined'));
    expect(() => use(5 as never)).toThrow(orOne('texts is 5'));
    expect(() => use(['a cat', null] as never)).toThrow(message('text 1 is null'));
    expect(() => use([['a', 'cat']] as never)).toThrow(message('text 0 is an array'));
  });

  it('does not mean what gives texts one by one: those are counted', () => {
    const once = function* () {
      yield* ['a cat', 'a dog'];
    };
    const { words, length }: Vocabulary = countVocabulary(once());
    expect([words.slice(2), length]).toEqual([['a'], 2]);
  });
});

describe('a vocabulary as JSON', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(texts, options, (all, wanted) => {
        const vocabulary = countVocabulary(all, wanted);
        expect(vocabularyFromJson(vocabularyToJson(vocabulary), 'v.json')).toEqual(vocabulary);
      }),
    );
  });

  it('has the pattern by which another program finds the words', () => {
    const { pattern } = JSON.parse(vocabularyToJson(countVocabulary(['a a'])));
    expect("don't do it".match(new RegExp(pattern, 'gu'))).toEqual(["don't", 'do', 'it']);
  });

  const whole = JSON.parse(vocabularyToJson(countVocabulary(['a a b b']))) as Record<string, unknown>;
  const again = '; get the file again from where it was made';
  it.each<[unknown, string]>([
    ['{', 'v.json: not a vocabulary as JSON'],
    ['null', 'v.json: not a vocabulary as JSON'],
    [{ ...whole, format: 2 }, 'v.json: its format is 2, not 1'],
    [{ ...whole, pattern: 'x' }, 'v.json: its pattern of a word is "x", not that of this version'],
    [{ ...whole, length: 0 }, 'v.json: its length is 0, not an integer of at least 1'],
    [{ ...whole, words: ['a'] }, 'v.json: its words must be a list that begins with <padding>, <unknown>'],
    [
      { ...whole, words: ['<padding>', '<unknown>', 'A'] },
      'v.json: word 2 is "A", which no text has for a word',
    ],
    [{ ...whole, words: ['<padding>', '<unknown>', 'a', 'a'] }, 'v.json: word 3, "a", is there twice'],
    [{ ...whole, words: ['<padding>', '<unknown>', 5] }, 'v.json: word 2 is 5, which no text has for a word'],
  ])('is refused: %j', (json, message) => {
    const text = typeof json === 'string' ? json : JSON.stringify(json);
    expect(() => vocabularyFromJson(text, 'v.json')).toThrow(new ThinnetError(message + again));
  });
});
