import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeCard } from '../../testing/fake-deck.js';
import { answerLines, columnsOf, questionLines, styled, terminalOf, wrapped } from './index.js';

describe('text in a terminal', () => {
  it('keeps every word, and to the width where words allow it', () => {
    const texts = fc.array(fc.stringMatching(/^(?:[a-zé]|y\u0303){1,12}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 14, max: 60 }), (words, width) => {
        const lines = wrapped(words.join(' '), width, '  ');
        expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(words);
        for (const line of lines) {
          expect(line.startsWith('  ')).toBe(true);
          expect(columnsOf(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
    expect(wrapped('a\n\nlongerthanthewidth b', 6)).toEqual(['a', '', 'longerthanthewidth', 'b']);
  });

  it('counts characters that combine with others as none', () => {
    expect(columnsOf('y\u0303 = 1')).toBe(5);
  });

  it('has styles where the terminal has colours, and none else', () => {
    const stream = (colours: boolean) =>
      ({ isTTY: true, columns: 200, hasColors: () => colours }) as unknown as NodeJS.WriteStream;
    expect(terminalOf(stream(true))).toEqual({ columns: 88, styles: true });
    expect(styled('x', 'bold', terminalOf(stream(true)))).toBe('\u001b[1mx\u001b[22m');
    expect(styled('x', 'bold', terminalOf(stream(false)))).toBe('x');
    expect(terminalOf({} as NodeJS.WriteStream)).toEqual({ columns: 80, styles: false });
  });
});

describe('a card in a terminal', () => {
  const card = fakeCard('what', 'overview');
  const terminal = { columns: 40, styles: false };

  it('asks its question below its place', () => {
    expect(questionLines(card, terminal)).toEqual(['overview · what', '', 'What is what, at rate p?']);
  });

  it('answers in paragraphs, with the formula and the slip', () => {
    expect(answerLines(card, terminal)).toEqual([
      'The answer of what: with p < 1 it is so.',
      '',
      'A second paragraph.',
      '',
      '    y\u0303 = (m ⊙ y)/(1 − p)',
      '',
      'A common slip',
      'The keep probability is 1 − p.',
    ]);
  });
});
