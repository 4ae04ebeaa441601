import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDrawing } from './from-drawing.js';
import { side } from './rotate.js';

const size = 280;

/** A filled rectangle of ink. */
const rectangle = (left: number, top: number, width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    return x >= left && x < left + width && y >= top && y < top + height ? 255 : 0;
  });

const reach = (image: Float32Array) => {
  const inked = [...image.entries()].filter(([, value]) => value > 127).map(([pixel]) => pixel);
  const columns = inked.map((pixel) => pixel % side);
  const rows = inked.map((pixel) => Math.floor(pixel / side));
  return {
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
  };
};

const centre = (image: Float32Array) => {
  let [mass, x, y] = [0, 0, 0];
  for (const [pixel, value] of image.entries()) {
    mass += value;
    x += value * ((pixel % side) + 0.5);
    y += value * (Math.floor(pixel / side) + 0.5);
  }
  return { x: x / mass, y: y / mass };
};

describe('a drawing as an MNIST image', () => {
  it('is nothing where there is no ink', () => {
    expect(fromDrawing(new Uint8Array(size * size), size)).toBeUndefined();
  });

  it('fits a box of 20 by 20, wherever and however large it was drawn', () => {
    const part = fc.record({
      left: fc.integer({ min: 0, max: 120 }),
      top: fc.integer({ min: 0, max: 120 }),
      width: fc.integer({ min: 30, max: 150 }),
      height: fc.integer({ min: 30, max: 150 }),
    });
    fc.assert(
      fc.property(part, ({ left, top, width, height }) => {
        const image = fromDrawing(rectangle(left, top, width, height), size) as Float32Array;
        const longer = Math.max(width, height);
        const found = reach(image);
        expect(Math.abs(found.width - (20 * width) / longer)).toBeLessThan(1.5);
        expect(Math.abs(found.height - (20 * height) / longer)).toBeLessThan(1.5);
        expect(Math.max(...image)).toBeLessThanOrEqual(255);
      }),
      { numRuns: 20 },
    );
  });

  it('has its centre of mass in the middle', () => {
    // An L: its mass is not in the middle of its box.
    const foot = rectangle(40, 160, 120, 30);
    const ink = rectangle(40, 30, 30, 160).map((x, i) => Math.max(x, foot[i] as number));
    const { x, y } = centre(fromDrawing(ink, size) as Float32Array);
    expect(x).toBeCloseTo(side / 2, 0);
    expect(y).toBeCloseTo(side / 2, 0);
  });
});
