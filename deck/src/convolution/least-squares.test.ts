import fc from 'fast-check';
import { fillNormal } from 'thinnet';
import { describe, expect, it } from 'vitest';
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

  it('explains nothing where predictors and targets are independent', () => {
    const make = (index: number) => rowsOf(2, normal(8000, index), normal(4000, index + 1));
    expect(Math.abs(explainedShare([residualOf(fitLeastSquares(make(30)), make(40))]))).toBeLessThan(0.01);
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
    const x = normal(2000, 60);
    const predictors = x.map((value, at) => (at % 2 === 0 ? value : 0.01 * value));
    const targets = Array.from({ length: 1000 }, (_, n) => (x[2 * n] as number) + (x[2 * n + 1] as number));
    const [, first, second] = fitLeastSquares(rowsOf(2, predictors, targets), 0.01);
    // Each is Σx²/(Σx² + ridge · v), v being about half of the first one's Σx²: 1 / 1.005, and 100 / (1 + 50).
    expect(first).toBeCloseTo(1 / 1.005, 1);
    expect(second).toBeGreaterThan(1);
    expect(second).toBeLessThan(3);
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
