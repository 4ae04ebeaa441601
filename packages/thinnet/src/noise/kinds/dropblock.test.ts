/** @file DropBlock: how much it drops, where, in which shape, and how it scales. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalTail } from '../../testing/probability.js';
import { siteOf } from '../../testing/sites.js';
import { fillNoise } from '../kinds.js';
import { blockGamma, coveredShare } from './dropblock.js';

const LEVEL = 1e-4;

interface Maps {
  readonly examples: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

function draw(
  rate: number,
  blockSize: number,
  { examples, channels, height, width }: Maps,
  step = 0,
): Float32Array {
  const noise = new Float32Array(examples * channels * height * width);
  fillNoise(
    siteOf('dropblock', rate, { blockSize, shape: ['N', channels, height, width] }),
    { seed: 5, step },
    noise,
  );
  return noise;
}

/** Consecutive parts of equal length. */
const parts = (xs: Float32Array, length: number): Float32Array[] =>
  Array.from({ length: xs.length / length }, (_, i) => xs.subarray(i * length, (i + 1) * length));

const droppedShare = (xs: Float32Array): number => xs.filter((x) => x === 0).length / xs.length;

/** A map on which every dropped element that lies in a square of dropped elements is marked. */
function covered(map: Float32Array, height: number, width: number, size: number): Uint8Array {
  const marked = new Uint8Array(map.length);
  for (let top = 0; top + size <= height; top++)
    for (let left = 0; left + size <= width; left++) {
      const places = Array.from({ length: size * size }, (_, k) => {
        return (top + Math.floor(k / size)) * width + left + (k % size);
      });
      if (places.every((at) => map[at] === 0)) for (const at of places) marked[at] = 1;
    }
  return marked;
}

const sizes = fc.record({
  height: fc.integer({ min: 1, max: 14 }),
  width: fc.integer({ min: 1, max: 14 }),
  blockSize: fc.integer({ min: 1, max: 9 }),
});

describe('the probability of a hole', () => {
  it('makes the covered share the rate, for any map and any block that fits', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ({ height, width, blockSize }, rate) => {
        const size = Math.min(blockSize, height, width);
        expect(coveredShare(blockGamma(rate, height, width, size), height, width, size)).toBeCloseTo(
          rate,
          12,
        );
      }),
    );
  });

  it('meets equation 1 of the paper as the rate goes to 0, and lies above it otherwise', () => {
    const paper = (rate: number) => ((rate / 49) * 14 ** 2) / (14 - 7 + 1) ** 2;
    expect(blockGamma(1e-6, 14, 14, 7) / paper(1e-6)).toBeCloseTo(1, 5);
    for (const rate of [0.1, 0.25, 0.5]) expect(blockGamma(rate, 14, 14, 7)).toBeGreaterThan(paper(rate));
  });
});

describe('dropblock noise', () => {
  it.each([
    [0.1, 3, 12, 12],
    [0.25, 4, 12, 9],
    [0.1, 7, 14, 14],
    [0.5, 2, 5, 8],
    [0.25, 1, 6, 6],
    [0.3, 20, 6, 5],
  ])(
    'drops the share %f of the elements on average: block %i on %i × %i',
    (rate, blockSize, height, width) => {
      const maps = { examples: 3000, channels: 1, height, width };
      const shares = parts(draw(rate, blockSize, maps), height * width).map(droppedShare);
      const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
      const variance = shares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (shares.length - 1);
      expect(normalTail((mean - rate) / Math.sqrt(variance / shares.length))).toBeGreaterThan(LEVEL);
    },
  );

  it('drops whole squares wholly inside the map, whether their side is odd or even', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1000), ({ height, width, blockSize }, step) => {
        const size = Math.min(blockSize, height, width);
        const noise = draw(0.3, blockSize, { examples: 1, channels: 3, height, width }, step);
        for (const map of parts(noise, height * width)) {
          const squares = covered(map, height, width, size);
          for (const [i, x] of map.entries()) expect(squares[i]).toBe(x === 0 ? 1 : 0);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('scales what is kept by elements / kept elements of the example, so that its mean is 1', () => {
    const noise = draw(0.3, 3, { examples: 50, channels: 2, height: 8, width: 8 });
    for (const example of parts(noise, 128)) {
      const kept = example.filter((x) => x !== 0);
      expect(new Set(kept)).toEqual(new Set([Math.fround(128 / kept.length)]));
      expect(example.reduce((a, b) => a + b, 0) / 128).toBeCloseTo(1, 6);
    }
  });

  it('drops each element as often as its places for a hole say: corners least, the middle most', () => {
    const [rate, size, side, examples] = [0.3, 3, 7, 6000];
    const gamma = blockGamma(rate, side, side, size);
    const counts = new Float64Array(side * side);
    for (const map of parts(
      draw(rate, size, { examples, channels: 1, height: side, width: side }),
      side * side,
    ))
      for (const [i, x] of map.entries()) counts[i]! += x === 0 ? 1 : 0;
    const along = [1, 2, 3, 3, 3, 2, 1];
    for (const [i, count] of counts.entries()) {
      const places = (along[Math.floor(i / side)] as number) * (along[i % side] as number);
      const p = 1 - (1 - gamma) ** places;
      const z = (count - examples * p) / Math.sqrt(examples * p * (1 - p));
      expect(normalTail(z), `element ${i}`).toBeGreaterThan(LEVEL / counts.length);
    }
  });

  it('is independent between channels, steps, sites and seeds: the shares of two masks do not correlate', () => {
    const [examples, side] = [4000, 6];
    const shares = (at: { seed?: number; step?: number; id?: number }, channel = 0): number[] => {
      const noise = new Float32Array(examples * 2 * side * side);
      const { seed = 5, step = 0, id = 2 } = at;
      const site = siteOf('dropblock', 0.3, { id, blockSize: 2, shape: ['N', 2, side, side] });
      fillNoise(site, { seed, step }, noise);
      return parts(noise, side * side)
        .filter((_, i) => i % 2 === channel)
        .map((map) => droppedShare(map) - 0.3);
    };
    const base = shares({});
    const others = [shares({}, 1), shares({ step: 1 }), shares({ id: 3 }), shares({ seed: 6 })];
    const product = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
    for (const [i, other] of others.entries()) {
      const correlation = product(base, other) / Math.sqrt(product(base, base) * product(other, other));
      expect(normalTail(correlation * Math.sqrt(examples)), `${i}`).toBeGreaterThan(LEVEL);
    }
  });

  it('refuses a shape that is no [N, channels, height, width]', () => {
    const site = siteOf('dropblock', 0.5, { shape: ['N', 8] });
    expect(() => fillNoise(site, { seed: 1, step: 1 }, new Float32Array(8))).toThrow(
      'noise site "drop": dropblock noise has shape [N, 8]; it must be [N, channels, height, width]',
    );
  });
});
