import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraphsOf } from './text.js';

describe('the text of cards', () => {
  it('is paragraphs of words, formulas, emphasis and code', () => {
    const text = 'With the *rate* $p$,\nso `keep` is $1 - p$.\n\nA second one.';
    expect(paragraphsOf(text)).toEqual([
      [
        { kind: 'words', text: 'With the ' },
        { kind: 'emphasis', text: 'rate' },
        { kind: 'words', text: ' ' },
        { kind: 'formula', text: 'p' },
        { kind: 'words', text: ', so ' },
        { kind: 'code', text: 'keep' },
        { kind: 'words', text: ' is ' },
        { kind: 'formula', text: '1 - p' },
        { kind: 'words', text: '.' },
      ],
      [{ kind: 'words', text: 'A second one.' }],
    ]);
  });

  it('takes marks within formulas and single marks for characters', () => {
    expect(paragraphsOf('$a * b * c$ and 2 * 3 * 4 for 5 $')).toEqual([
      [
        { kind: 'formula', text: 'a * b * c' },
        { kind: 'words', text: ' and 2 * 3 * 4 for 5 $' },
      ],
    ]);
  });

  it('loses no character but marks and white space', () => {
    const pieces = fc.array(fc.constantFrom('$', '*', '`', 'a', ' ', '\n', 'word'), { maxLength: 30 });
    const plain = (text: string) => text.replace(/[$*`\s]/g, '');
    fc.assert(
      fc.property(pieces, (parts) => {
        const spans = paragraphsOf(parts.join('')).flat();
        expect(plain(spans.map(({ text }) => text).join(''))).toBe(plain(parts.join('')));
      }),
    );
  });
});
