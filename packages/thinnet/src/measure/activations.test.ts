/** @file Sparsity and co-adaptation of hidden units, by hand and against NumPy. */
import { describe, expect, test } from 'vitest';
import { fillNormal } from '../noise/random.js';
import { describePython, python } from '../testing/python.js';
import { inactiveShare, unitCorrelations } from './activations.js';

describe('inactiveShare', () => {
  test('counts what is exactly 0, of either sign', () => {
    expect(inactiveShare([0, 1e-30, -0, -2])).toBe(0.5);
    expect(inactiveShare(new Float32Array(3))).toBe(1);
    expect(() => inactiveShare([])).toThrow('inactive share: no activations');
  });
});

describe('unitCorrelations', () => {
  test('of a unit, its double, its opposite and one at right angles: 1, −1 and 0', () => {
    const a = [1, 2, 3, 4];
    const b = [1, -1, -1, 1];
    const rows = a.flatMap((value, n) => [value, 2 * value + 7, -value, b[n] as number]);
    const { matrix, varying, meanAbsolute } = unitCorrelations(rows, 4);
    const expected = [1, 1, -1, 0, 1, 1, -1, 0, -1, -1, 1, 0, 0, 0, 0, 1];
    for (const [i, r] of expected.entries()) expect(matrix[i]).toBeCloseTo(r, 14);
    expect(varying).toBe(4);
    expect(meanAbsolute).toBeCloseTo(3 / 6, 14);
  });

  test('leaves out units that never vary, also where their mean is rounded; with fewer than two others there is no mean', () => {
    const rows = [0.1, 1, 5, 0.1, 3, 5, 0.1, 2, 5].map(Math.fround);
    const { matrix, varying, meanAbsolute } = unitCorrelations(rows, 3);
    expect([...matrix]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect([varying, meanAbsolute]).toEqual([1, null]);
  });

  test('independent units have a mean |r| of √(2 / πn), within 4 standard errors', () => {
    const [units, n] = [40, 500];
    const activations = new Float32Array(units * n);
    fillNormal(activations, 8, 1, 0, 1);
    const pairs = (units * (units - 1)) / 2;
    // r is about N(0, 1/n), and |r| has variance (1 − 2/π)/n; r of different pairs are uncorrelated.
    const error = Math.sqrt((1 - 2 / Math.PI) / n / pairs);
    const { meanAbsolute } = unitCorrelations(activations, units);
    expect(Math.abs((meanAbsolute as number) - Math.sqrt(2 / (Math.PI * n)))).toBeLessThan(4 * error);
  });

  test('says what is wrong', () => {
    expect(() => unitCorrelations([1, 2], 0)).toThrow('unit correlations: units is 0');
    expect(() => unitCorrelations([1, 2, 3], 2)).toThrow(
      '3 activations; they must be 2 or more rows of 2 units',
    );
    expect(() => unitCorrelations([1, 2], 2)).toThrow('2 or more rows');
    expect(() => unitCorrelations([1, Number.NaN, 3, 4], 2)).toThrow('an activation of unit 1 is not finite');
  });
});

describePython(['numpy'], 'correlations against NumPy', () => {
  test('agree with corrcoef to 1e-12', () => {
    const activations = new Float32Array(200 * 12);
    fillNormal(activations, 9, 2, 0.5, 1);
    const relu = Array.from(activations, (a, i) =>
      Math.max(0, a + (i % 12 === 0 ? 0 : (activations[i - 1] ?? 0))),
    );
    const expected = python(
      'import json, sys, numpy as np\nprint(json.dumps(np.corrcoef(np.reshape(json.load(sys.stdin), (200, 12)).T).ravel().tolist()))',
      relu,
    ) as number[];
    const { matrix, varying } = unitCorrelations(relu, 12);
    expect(varying).toBe(12);
    for (const [i, r] of expected.entries()) expect(matrix[i]).toBeCloseTo(r, 12);
  });
});
