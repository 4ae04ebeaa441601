import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset, FeatureArray } from './dataset.js';
import { standardization } from './standardize.js';

const dataset = (features: FeatureArray, shape: readonly number[]): Dataset => {
  const length = features.length / shape.reduce((a, b) => a * b, 1);
  return { name: 'toy', length, shape, features, labels: new Int32Array(length), classes: 2 };
};
const momentsOf = (values: readonly number[]): { mean: number; std: number } => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return {
    mean,
    std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
  };
};

describe('standardization', () => {
  test('images share one mean and std over all pixels', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (pixels) => {
        const even = new Uint8Array([...pixels, ...pixels, 1, 2]);
        const { mean, std } = momentsOf(Array.from(even));
        for (const features of [even, Float32Array.from(even)]) {
          const found = standardization(dataset(features, [1, 2]));
          expect(found.mean).toBeCloseTo(mean, 10);
          expect(found.std).toBeCloseTo(std, 10);
          expect(found.constant).toEqual([]);
        }
      }),
    );
  });

  test('flat features have a mean and std each; constant ones are reported and get std 1', () => {
    const cell = fc.float({ noNaN: true, min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (rows, fixed) => {
          const { mean, std, constant } = standardization(
            dataset(Float32Array.from(rows.flatMap(([a, b]) => [a, fixed, b])), [3]),
          );
          expect(constant).toContain(1);
          expect(std).toHaveProperty('1', 1);
          expect(mean).toHaveProperty('1', Math.fround(fixed) + 0);
          for (const [column, index] of [
            [0, 0],
            [1, 2],
          ] as const) {
            const expected = momentsOf(rows.map((row) => row[column]));
            expect((mean as number[])[index]).toBeCloseTo(expected.mean, 6);
            expect((std as number[])[index]).toBeCloseTo(constant.includes(index) ? 1 : expected.std, 6);
          }
        },
      ),
    );
  });

  test('a small spread around a large mean keeps its digits', () => {
    const values = Float32Array.from({ length: 10_000 }, (_, i) => 16_000_000 + (i % 2));
    expect(standardization(dataset(values, [1]))).toEqual({ mean: [16_000_000.5], std: [0.5], constant: [] });
  });

  test('images of one colour are constant', () => {
    expect(standardization(dataset(new Uint8Array(8).fill(7), [2, 2]))).toEqual({
      mean: 7,
      std: 1,
      constant: [0],
    });
    expect(standardization(dataset(new Float32Array(9).fill(0.1), [3, 3]))).toEqual({
      mean: Math.fround(0.1),
      std: 1,
      constant: [0],
    });
  });

  test('flat bytes are columns too', () => {
    expect(standardization(dataset(Uint8Array.of(0, 5, 2, 5), [2]))).toEqual({
      mean: [1, 5],
      std: [1, 1],
      constant: [1],
    });
  });

  test('no examples and values that are not finite are errors', () => {
    expect(() => standardization(dataset(new Uint8Array(0), [2, 2]))).toThrow(
      'toy: no examples to standardise by',
    );
    expect(() => standardization(dataset(Float32Array.of(1, NaN), [2]))).toThrow(
      'toy: feature 1 has NaN or infinite values',
    );
    expect(() => standardization(dataset(Float32Array.of(1, Infinity), [1, 2]))).toThrow(
      'toy: the images hold NaN or infinite values',
    );
  });
});
