import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePictures } from '../testing/pictures.js';
import { wrapped } from './bars.js';
import { colours } from './colours.js';
import { numberText, showTicks } from './format.js';
import { inWords, numbersOf } from './numbers.js';
import { isDark, type Rgb, rangeOf, shade } from './shades.js';

describe('numbers of a picture', () => {
  it.each([
    [0, '0'],
    [-0.5, '−0.5'],
    [0.123456, '0.1235'],
    [12345.678, '12,350'],
    [1200, '1,200'],
    [1.23456e-7, '1.235e−7'],
    [-4.5e9 - 0.5, '−4.5e9'],
    [Number.NaN, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('%d is shown as %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('of an axis have the same decimals, enough to tell them apart', () => {
    expect(showTicks([0, 0.25, 0.5])).toEqual(['0.00', '0.25', '0.50']);
    expect(showTicks([-1000, 0, 1000])).toEqual(['−1,000', '0', '1,000']);
    expect(showTicks([-0.1, -1e-17, 0.1])).toEqual(['−0.1', '0.0', '0.1']);
    expect(showTicks([0, 1e-7])).toEqual(['0', '1e−7']);
    expect(showTicks([])).toEqual([]);
    const ticks = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom(1e-6, 0.01, 0.25, 2, 500),
    );
    fc.assert(
      fc.property(ticks, ([first, step]) => {
        const start = Math.round(first / step);
        const texts = showTicks([0, 1, 2, 3].map((i) => (start + i) * step));
        expect(new Set(texts).size).toBe(4);
      }),
    );
  });

  it('are all in the table beside the picture', () => {
    const { lines, bars, grid } = examplePictures;
    expect(numbersOf(lines)).toEqual({
      columns: ['share removed', 'none', 'none, low', 'none, high', 'dropout 0.5'],
      rows: [
        [0, 0.9, 0.88, 0.92, 0.95],
        [0.5, 0.6, 0.5, 0.7, '–'],
        [0.9, 0.2, 0.1, 0.3, 0.7],
      ],
    });
    expect(numbersOf(bars)).toEqual({
      columns: ['group', 'test error', 'test error, low', 'test error, high', 'gap'],
      rows: [
        ['none', 12, 11, 13, 0.4],
        ['spatial dropout', 9, 8.5, 9.5, -0.1],
      ],
    });
    expect(numbersOf(grid).rows).toEqual([
      ['a', 1, -0.5],
      ['b', 0, '–'],
    ]);
  });

  it('are in its description', () => {
    expect(Object.values(examplePictures).map(inWords)).toEqual([
      'Accuracy as units are removed. Lines of accuracy over share removed from 0 to 0.9: none from 0.9 to 0.2; dropout 0.5 from 0.95 to 0.7.',
      'Two kinds compared. Bars of error %: none: test error 12, gap 0.4; spatial dropout: test error 9, gap −0.1.',
      'Correlations. Grid of 2 by 2 numbers, as shades between −1 and 1.',
      'An example. Table of 2 rows: step, value, meaning.',
    ]);
  });
});

describe('shades', () => {
  const low: Rgb = [200, 0, 0];
  const zero: Rgb = [100, 100, 100];
  const high: Rgb = [0, 0, 200];

  it('span what there is: symmetric with both signs, from 0 else, from the lowest where all are far from 0', () => {
    expect(rangeOf([-1, 3])).toEqual({ from: -3, to: 3 });
    expect(rangeOf([0, 2, Number.NaN])).toEqual({ from: 0, to: 2 });
    expect(rangeOf([-2, -1])).toEqual({ from: -2, to: 0 });
    expect(rangeOf([90, 100])).toEqual({ from: 90, to: 100 });
    expect(rangeOf([2, 2])).toEqual({ from: 0, to: 2 });
    expect(rangeOf([0, 0])).toEqual({ from: 0, to: 1 });
    expect(rangeOf([])).toEqual({ from: 0, to: 1 });
  });

  it('reach the end colours at the ends and are monotone between', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, (numbers) => {
        const range = rangeOf(numbers);
        if (range.from < 0) expect(shade(range.from, range, low, zero, high)).toEqual(low);
        if (range.to > 0) expect(shade(range.to, range, low, zero, high)).toEqual(high);
        const blues = numbers
          .filter((value) => value >= 0)
          .sort((a, b) => a - b)
          .map((value) => shade(value, range, low, zero, high)[2]);
        expect(blues).toEqual([...blues].sort((a, b) => a - b));
      }),
    );
    expect(shade(0, { from: -1, to: 1 }, low, zero, high)).toEqual(zero);
  });

  it('tell on which colours white is easier to read', () => {
    expect(
      [
        [0, 0, 0],
        [0, 86, 138],
        [255, 255, 255],
        [240, 147, 74],
      ].map((c) => isDark(c as unknown as Rgb)),
    ).toEqual([true, true, false, false]);
  });
});

describe('names below bars', () => {
  it('are broken at spaces, and keep every word', () => {
    expect(wrapped('spatial dropout at rate 0.5', 12)).toBe('spatial\ndropout at\nrate 0.5');
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }),
        fc.nat(20),
        (words, length) => {
          expect(wrapped(words.join(' '), length).split(/[ \n]/)).toEqual(words);
        },
      ),
    );
  });
});

describe('the colours of series', () => {
  it('have enough contrast to the paper, light and dark (3 : 1, WCAG 2.1 for graphics)', () => {
    const luminance = (hex: string) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: string, b: string) => {
      const [x, y] = [luminance(a), luminance(b)];
      return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    };
    for (const { light, dark } of colours) {
      expect(contrast(light, '#fdfdfc')).toBeGreaterThan(3);
      expect(contrast(dark, '#14171a')).toBeGreaterThan(3);
    }
  });
});
