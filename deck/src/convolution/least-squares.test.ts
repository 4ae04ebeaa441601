/** @file Least squares against a published example and against what it must give. */
import fc from 'fast-check';
import { fillNormal } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { shareOfNothing } from '../testing/share-of-nothing.js';
import { explainedShare, fitLeastSquares, type Rows, residualOf } from './least-squares.js';

function normal(count: number, index: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 7, index, 0, 1);
  return values;
}

const rowsOf = (width: number, predictors: ArrayLike<number>, targets: ArrayLike<number>): Rows => ({
  width,
  predictors: Float64Array.from(predictors),
  targets: Float64Array.from(targets),
});

describe('least squares', () => {
  it('finds Anscombe’s line: ŷ = 3.00 + 0.500 x, R² = 0.67 (Anscombe 1973, first data set)', () => {
    const rows = rowsOf(
      1,
      [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
      [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
    );
    const fit = fitLeastSquares(rows);
    expect(fit[0]).toBeCloseTo(3.0001, 4);
    expect(fit[1]).toBeCloseTo(0.5001, 4);
    expect(explainedShare([residualOf(fit, rows)])).toBeCloseTo(0.6665, 4);
  });

  it('recovers any linear function exactly', () => {
    const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(coefficient, coefficient, coefficient, coefficient), (w) => {
        const x = normal(300, 1);
        const y = Array.from(
          { length: 100 },
          (_, n) =>
            w[0] + [1, 2, 3].reduce((sum, i) => sum + (w[i] as number) * (x[3 * n + i - 1] as number), 0),
        );
        const fit = fitLeastSquares(rowsOf(3, x, y));
        for (const [i, expected] of w.entries()) expect(fit[i]).toBeCloseTo(expected, 6);
      }),
      { numRuns: 50 },
    );
  });

  it('explains on new rows the share that signal has of signal and noise, here 0.8 within 4 standard errors', () => {
    const make = (index: number) => {
      const [x, e] = [normal(8000, index), normal(4000, index + 1)];
      return rowsOf(
        2,
        x,
        e.map((noise, n) => Math.SQRT2 * ((x[2 * n] as number) + (x[2 * n + 1] as number)) + noise),
      );
    };
    const share = explainedShare([residualOf(fitLeastSquares(make(10)), make(20))]);
    // The standard error of r² = 0.8 over 4,000 rows: 2 r (1 − r²) / √n.
    expect(Math.abs(share - 0.8)).toBeLessThan((4 * 2 * Math.sqrt(0.8) * 0.2) / Math.sqrt(4000));
  });

  it('explains nothing where predictors and targets are independent, within 4 standard errors', () => {
    const [n, width] = [4000, 2];
    const make = (index: number) => rowsOf(width, normal(n * width, index), normal(n, index + 1));
    const share = explainedShare([residualOf(fitLeastSquares(make(30)), make(40))]);
    const { mean, error } = shareOfNothing(n, width);
    expect(Math.abs(share - mean)).toBeLessThan(4 * error);
  });

  it('bears predictors that are constant, zero or copies of each other', () => {
    const x = normal(100, 50);
    const predictors = Array.from(x).flatMap((value) => [value, value, 3, 0]);
    const targets = Array.from(x, (value) => 2 * value - 1);
    const rows = rowsOf(4, predictors, targets);
    expect(explainedShare([residualOf(fitLeastSquares(rows), rows)])).toBeCloseTo(1, 8);
    const zeros = rowsOf(1, new Float64Array(100), targets);
    expect(explainedShare([residualOf(fitLeastSquares(zeros), zeros)])).toBeCloseTo(0, 12);
  });

  it('shrinks coefficients by a ridge, most those of predictors that hardly vary', () => {
    // Two predictors at right angles, ±1 and ±0.01, and their sum with the second one counted a hundredfold.
    const signs = Array.from({ length: 1000 }, (_, n) => [n % 2 === 0 ? 1 : -1, n % 4 < 2 ? 1 : -1] as const);
    const predictors = signs.flatMap(([a, b]) => [a, 0.01 * b]);
    const targets = signs.map(([a, b]) => a + b);
    const [, first, second] = fitLeastSquares(rowsOf(2, predictors, targets), 0.01);
    // Each is w Σx² / (Σx² + ridge · v), w without a ridge; a row adds 1 and 1e-4 to the two Σx², and to v their mean.
    const added = (0.01 * (1 + 1e-4)) / 2;
    expect(first).toBeCloseTo(1 / (1 + added), 12);
    expect(second).toBeCloseTo((100 * 1e-4) / (1e-4 + added), 10);
  });

  it('weighs several targets by how much they vary, and is NaN where none does', () => {
    expect(
      explainedShare([
        { left: 1, total: 2 },
        { left: 0, total: 8 },
      ]),
    ).toBeCloseTo(0.9, 12);
    expect(explainedShare([{ left: 0, total: 0 }])).toBeNaN();
  });
});
