/** @file Square holes against their definition, element by element. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillBernoulli } from './bernoulli.js';
import { fillBlocks } from './blocks.js';
import type { BlocksDraw } from './draws.js';

export const planes = fc
  .record({ height: fc.integer({ min: 1, max: 12 }), width: fc.integer({ min: 1, max: 12 }) })
  .chain(({ height, width }) =>
    fc.record({
      height: fc.constant(height),
      width: fc.constant(width),
      size: fc.integer({ min: 1, max: Math.min(height, width) }),
      gamma: fc.oneof(fc.constantFrom(0, 0.125, 1), fc.double({ min: 0, max: 0.4, noNaN: true })),
      offset: fc.oneof(fc.nat(500), fc.integer({ min: 2 ** 36, max: 2 ** 36 + 300 })),
    }),
  );

const draw = (given: Partial<BlocksDraw>): BlocksDraw => ({
  seed: 1,
  step: 2,
  site: 3,
  gamma: 0.1,
  height: 6,
  width: 5,
  size: 3,
  kept: 1.5,
  ...given,
});

describe('fillBlocks', () => {
  it('zeroes an element if and only if a dropped corner lies less than `size` above and left of it; and counts the rest', () => {
    fc.assert(
      fc.property(planes, fc.nat(300), (given, length) => {
        const { height, width, size, gamma, offset } = given;
        const [rows, columns] = [height - size + 1, width - size + 1];
        const corner = (plane: number, i: number, j: number): boolean => {
          if (i < 0 || j < 0 || i >= rows || j >= columns) return false;
          const out = new Float32Array(1);
          const at = (plane * rows + i) * columns + j;
          fillBernoulli(out, { seed: 1, step: 2, site: 3, rate: gamma, offset: at, dropped: 1, kept: 0 });
          return out[0] === 1;
        };
        const expected = Array.from({ length }, (_, k) => {
          const plane = Math.floor((offset + k) / (height * width));
          const inPlane = offset + k - plane * height * width;
          const [row, column] = [Math.floor(inPlane / width), inPlane % width];
          for (let i = row - size + 1; i <= row; i++)
            for (let j = column - size + 1; j <= column; j++) if (corner(plane, i, j)) return 0;
          return 1.5;
        });
        const out = new Float32Array(length).fill(Number.NaN);
        expect(fillBlocks(out, draw(given))).toBe(expected.filter((x) => x !== 0).length);
        expect(Array.from(out)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a hole that does not fit, and a γ that is no probability', () => {
    const out = new Float32Array(30);
    expect(() => fillBlocks(out, draw({ size: 6 }))).toThrow('size of a hole is 6; it must be from 1 to 5');
    expect(() => fillBlocks(out, draw({ size: 0 }))).toThrow('size of a hole is 0');
    expect(() => fillBlocks(out, draw({ height: 0 }))).toThrow('height of a plane is 0');
    expect(() => fillBlocks(out, draw({ gamma: -1 }))).toThrow('noise site 3: rate is -1');
  });
});
