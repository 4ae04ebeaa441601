import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DigitChoice, nextImage } from './test-images.js';

const labels = [7, 2, 1, 0, 4, 1];

describe('the next test image', () => {
  it.each([
    [0, 1, 'any', 1],
    [5, 1, 'any', 0],
    [0, -1, 'any', 5],
    [2, 1, '1', 5],
    [5, 1, '1', 2],
    [2, -1, '1', 5],
    [0, 1, '9', 0],
  ] as const)('after %i by %i of %s is %i', (from, by, digit, expected) => {
    expect(nextImage(labels, from, by, digit)).toBe(expected);
  });

  it('goes through all images of a digit and comes back', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 9 }), (all, digit) => {
        const expected = all.flatMap((label, i) => (label === digit ? [i] : []));
        const seen: number[] = [];
        let at = -1;
        for (const _ of expected) {
          at = nextImage(all, at, 1, String(digit) as DigitChoice);
          seen.push(at);
        }
        expect(seen).toEqual(expected);
      }),
    );
  });
});
