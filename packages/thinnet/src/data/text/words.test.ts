import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from './words.js';

/** Texts of all that Unicode has, lone halves of surrogate pairs too, and of what words are made of. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      'É',
      'e\u0301',
      'Σ',
      "'",
      '’',
      '\u00ad',
      '\u200c',
      ' ',
      '-',
      '7',
      'İ',
      '\u0301',
    ),
  }),
);

describe('the words of a text', () => {
  it.each<[string, string[]]>([
    ["Don't PANIC, it’s 42!", ["don't", 'panic', "it's", '42']],
    ['rock ’n’ roll: the dogs’ ball', ['rock', 'n', 'roll', 'the', 'dogs', 'ball']],
    ['e-mail me@x.org at 3.50', ['e', 'mail', 'me', 'x', 'org', 'at', '3', '50']],
    ['C++ is_not free…FREE!!!', ['c', 'is', 'not', 'free', 'free']],
    ['Straße ΛΌΓΟΣ логос Ärger', ['straße', 'λόγοσ', 'логос', 'ärger']],
    ['cafe\u0301 CAFÉ', ['café', 'café']],
    ['un\u00adbreak\u00adable', ['unbreakable']],
    ['मैं हिन्दी', ['मैं', 'हिन्दी']],
    ['می\u200cخواهم', ['می\u200cخواهم']],
    ['❤️ ok 👍', ['ok']],
    ['私は学生です。', ['私は学生です']],
    ['!!! \t\n', []],
    ['', []],
  ])('%j are %j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('are letters, marks, numbers, apostrophes and joiners, and begin and end with none of the last two', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of splitWords(text))
          expect(word).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u200c\u200d]*(?<!['\u200c\u200d])$/u);
      }),
    );
  });

  it('are the words of themselves', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const words = splitWords(text);
        expect(splitWords(words.join(' '))).toEqual(words);
      }),
      { numRuns: 1000 },
    );
  });

  it('do not depend on case where capitals and small letters are one to one', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abzäéñжшλσ 9-') }), (text) => {
        expect(splitWords(text.toUpperCase())).toEqual(splitWords(text));
      }),
    );
  });

  it('of two texts with a space between are those of the one, then those of the other', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(splitWords(`${a} ${b}`)).toEqual([...splitWords(a), ...splitWords(b)]);
      }),
    );
  });
});
