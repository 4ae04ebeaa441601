/** @file Orthogonal weights: what is orthonormal in them, and that a seed gives the same ones. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { network } from './build.js';
import { conv1d, conv2d, depthwiseConv2d } from './conv.js';
import { constantInit, type Init } from './init.js';
import { orthogonal, perGate } from './init-orthogonal.js';
import type { Layer } from './scope.js';

const filled = (length: number, init: Init, fanIn: number, fanOut: number, seed = 3): Float32Array => {
  const out = new Float32Array(length);
  init(out, { fanIn, fanOut }, seed, 1);
  return out;
};

/** Σ over k of the products of two rows, or two columns, of a row-major matrix. */
const product = (m: Float32Array, columns: number, a: number, b: number, ofColumns: boolean): number => {
  const rows = m.length / columns;
  const at = (i: number, j: number) => m[i * columns + j] as number;
  const terms = Array.from({ length: ofColumns ? rows : columns }, (_, k) =>
    ofColumns ? at(k, a) * at(k, b) : at(a, k) * at(b, k),
  );
  return terms.reduce((sum, term) => sum + term, 0);
};

describe('orthogonal', () => {
  it.each([
    [5, 5],
    [3, 8],
    [8, 3],
    [1, 4],
  ])(
    'makes the fewer of %i rows and %i columns of a dense weight orthonormal, times the gain',
    (rows, columns) => {
      const weight = filled(rows * columns, orthogonal(1.5), rows, columns);
      const count = Math.min(rows, columns);
      for (let a = 0; a < count; a++)
        for (let b = 0; b < count; b++)
          expect(product(weight, columns, a, b, columns < rows)).toBeCloseTo(a === b ? 2.25 : 0, 5);
    },
  );

  const init = orthogonal();
  it.each<[string, number[], number, Layer]>([
    ['3 × 3', [2, 5, 5], 18, conv2d(6, { kernel: 3, init })],
    ['1 × 1, more filters than channels', [2, 5, 5], 2, conv2d(6, { kernel: 1, init })],
    ['1 × 1, fewer filters than channels', [12, 5, 5], 12, conv2d(8, { kernel: 1, init })],
    ['1 × 1 in groups', [12, 5, 5], 4, conv2d(9, { kernel: 1, groups: 3, init })],
    ['3 × 3, a filter for each of 36 channels', [36, 5, 5], 9, depthwiseConv2d({ kernel: 3, init })],
    ['3, a filter for each of 9 channels', [9, 5], 3, conv1d(9, { kernel: 3, groups: 9, init })],
  ])('makes filters, or what they have at each place, orthonormal: %s', (_, input, fanIn, layer) => {
    const weight = network({ input, seed: 1 }, layer).graph.initializers[0]?.data as Float32Array;
    const count = Math.min(weight.length / fanIn, fanIn);
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++)
        expect(product(weight, fanIn, a, b, fanIn === count)).toBeCloseTo(a === b ? 1 : 0, 5);
  });

  it('gives the bits that it always gave to dense weights and 3 × 3 filters', () => {
    const digest = (values: Float32Array) =>
      createHash('sha256').update(Buffer.from(values.buffer)).digest('hex').slice(0, 12);
    const filters = network({ input: [2, 5, 5], seed: 1 }, conv2d(6, { kernel: 3, init }));
    expect(digest(filters.graph.initializers[0]?.data as Float32Array)).toBe('634bda6112b2');
    expect(digest(filled(15, init, 3, 5))).toBe('489bee98dd9c');
  });

  it('depends on the seed and on nothing else', () => {
    const weight = filled(16, orthogonal(), 4, 4);
    expect(filled(16, orthogonal(), 4, 4)).toEqual(weight);
    expect(filled(16, orthogonal(), 4, 4, 4)).not.toEqual(weight);
  });

  it('refuses a gain that is no number, and what is no matrix', () => {
    expect(() => orthogonal(Number.NaN)).toThrow(
      'orthogonal initialiser: gain is NaN; it must be a finite number',
    );
    expect(() => filled(7, orthogonal(), 2, 2)).toThrow('7 elements are no matrix with 2 inputs');
  });
});

describe('perGate', () => {
  it('fills each gate’s columns by themselves, with its own fans', () => {
    const seen: number[][] = [];
    const counting: Init = (out, { fanIn, fanOut }) => {
      seen.push([out.length, fanIn, fanOut]);
      for (let i = 0; i < out.length; i++) out[i] = i;
    };
    // Parts [2, 3] of two gates: 0 … 5 and 6 … 11, side by side.
    expect(Array.from(filled(12, perGate(2, counting), 2, 3))).toEqual([
      0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11,
    ]);
    expect(seen).toEqual([[12, 2, 3]]);
    expect(filled(12, perGate(3, constantInit(2)), 2, 2)).toEqual(new Float32Array(12).fill(2));
  });
});
