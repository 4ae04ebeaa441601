import type { Outcome, Result } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { fakeCard } from '../testing/fake-deck.js';
import { inWords } from './outcome.js';
import { cardsTable } from './table.js';
import { columnsOf } from './terminal/index.js';

const long = 'mean of the test error’s paired difference, element-wise against spatial dropout';
const outcome = (verdict: Result['verdict']): Outcome => ({
  card: { ...fakeCard('inverted-inference', 'scaling'), claim: `A long claim: ${long}, ${long}.` },
  seconds: 1,
  result: {
    verdict,
    findings: [{ name: long, measured: '−0.61 ± 0.24 points', expected: `below 0; ${long}`, verdict }],
  } as unknown as Result,
});
const failed: Outcome = { card: fakeCard('conv', 'convolution'), seconds: 1, error: new Error('no memory') };

describe('the table of cards', () => {
  it('keeps to the width of the terminal, and loses no word', () => {
    for (const columns of [60, 80, 100, 120]) {
      const table = cardsTable([outcome('does not hold'), failed], { columns, styles: false });
      for (const line of table.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      const words = table.split(/\s+/);
      for (const word of `${long} −0.61 ± 0.24 points below 0; claim: no memory failed`.split(' '))
        expect(words.some((each) => each.startsWith(word))).toBe(true);
    }
  });

  it('has its verdicts in colours only where they are wanted', () => {
    const start = String.fromCharCode(27);
    const coloured = cardsTable([outcome('holds')], { columns: 100, styles: true });
    expect(coloured).toContain(`${start}[32mholds${start}[39m`);
    const plain = coloured.replaceAll(new RegExp(`${start}\\[\\d+m`, 'g'), '');
    expect(plain).toBe(cardsTable([outcome('holds')], { columns: 100, styles: false }));
  });

  it('is summed up in a sentence', () => {
    expect(inWords([outcome('holds')])).toBe('1 of 1 card holds.');
    expect(
      inWords([outcome('does not hold'), outcome('does not hold'), outcome('inconclusive'), failed]),
    ).toBe(
      '0 of 4 cards hold; 2 do not hold (inverted-inference, inverted-inference); ' +
        '1 is inconclusive (inverted-inference); 1 failed with an error (conv).',
    );
  });
});
