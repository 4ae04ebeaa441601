import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotated, side } from './rotate.js';

const pixels = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: side * side, maxLength: side * side });
const close = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] as number))));

/** A quarter turn clockwise, exactly. */
const quarter = (image: readonly number[]): number[] =>
  image.map((_, i) => image[(side - 1 - (i % side)) * side + Math.floor(i / side)] as number);

describe('a turned image', () => {
  it('is the image itself at 0 and 360 degrees', () => {
    fc.assert(
      fc.property(pixels, (image) => {
        expect([...rotated(image, 0)]).toEqual(image);
        expect([...rotated(image, 360)]).toEqual(image);
      }),
      { numRuns: 5 },
    );
  });

  it('has its pixels in other places at quarter turns, clockwise', () => {
    fc.assert(
      fc.property(pixels, (image) => {
        expect(close(rotated(image, 90), quarter(image))).toBeLessThan(1e-3);
        expect(close(rotated(image, 180), image.toReversed())).toBeLessThan(1e-3);
      }),
      { numRuns: 5 },
    );
  });

  it('keeps within the range of the pixels, at any angle', () => {
    fc.assert(
      fc.property(pixels, fc.integer({ min: 0, max: 360 }), (image, angle) => {
        const found = rotated(image, angle);
        expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...found)).toBeLessThanOrEqual(255.001);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the ink of what lies within the circle that is never cut off', () => {
    const image = Array.from({ length: side * side }, (_, i) =>
      Math.hypot((i % side) - 13.5, Math.floor(i / side) - 9.5) < 4 ? 200 : 0,
    );
    const ink = (of: ArrayLike<number>) => Array.from(of).reduce((sum, x) => sum + x, 0);
    for (const angle of [10, 45, 77, 130]) expect(ink(rotated(image, angle)) / ink(image)).toBeCloseTo(1, 1);
  });
});
