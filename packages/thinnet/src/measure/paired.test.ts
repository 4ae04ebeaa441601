import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describePython, python } from '../testing/python.js';
import { meanInterval } from './interval.js';
import { pairedComparison } from './paired.js';
import { studentQuantile, studentTwoSided } from './student.js';

describe('Student’s t', () => {
  test('agrees with published tables of critical values (two-sided 95 % and 99 %)', () => {
    const table = {
      1: [12.706, 63.657],
      2: [4.303, 9.925],
      4: [2.776, 4.604],
      5: [2.571, 4.032],
      9: [2.262, 3.25],
      30: [2.042, 2.75],
      120: [1.98, 2.617],
    };
    for (const [freedom, [at95, at99]] of Object.entries(table)) {
      expect(studentQuantile(0.95, Number(freedom))).toBeCloseTo(at95 as number, 3);
      expect(studentQuantile(0.99, Number(freedom))).toBeCloseTo(at99 as number, 3);
    }
  });

  test('one and two degrees of freedom have closed forms, also far in the tail', () => {
    for (const t of [1e-9, 0.1, 1, 2, 30, 1e6, 1e100]) {
      expect(studentTwoSided(t, 1) / ((2 / Math.PI) * Math.atan2(1, t))).toBeCloseTo(1, 13);
      const s = Math.sqrt(2 + t * t);
      expect(studentTwoSided(t, 2) / (2 / (s * (s + t)))).toBeCloseTo(1, 13);
    }
  });

  test('is 1 at 0, 0 at infinity, symmetric, and falls with t', () => {
    const freedom = fc.integer({ min: 1, max: 300 });
    const t = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(freedom, t, t, (nu, a, b) => {
        expect(studentTwoSided(-a, nu)).toBe(studentTwoSided(a, nu));
        expect(studentTwoSided(Math.max(a, b), nu)).toBeLessThanOrEqual(
          studentTwoSided(Math.min(a, b), nu) * (1 + 1e-12),
        );
      }),
    );
    expect(studentTwoSided(0, 4)).toBe(1);
    expect(studentTwoSided(-Infinity, 4)).toBe(0);
    expect(studentTwoSided(NaN, 4)).toBe(NaN);
  });

  test('quantile and tail undo each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.001, max: 0.9999, noNaN: true }),
        (nu, level) => {
          expect(studentTwoSided(studentQuantile(level, nu), nu)).toBeCloseTo(1 - level, 12);
        },
      ),
    );
  });

  test('degrees of freedom and levels out of range are errors', () => {
    for (const freedom of [0, -1, 1.5, NaN])
      expect(() => studentTwoSided(1, freedom)).toThrow(`degrees of freedom are ${freedom}`);
    for (const level of [0, 1, 95, NaN])
      expect(() => studentQuantile(level, 3)).toThrow(`confidence level is ${level}`);
  });
});

describe('meanInterval', () => {
  test('one value has a mean and no interval', () => {
    expect(meanInterval([0.25])).toEqual({ n: 1, mean: 0.25, std: null, interval: null });
  });

  test('covers the true mean as often as its level says', () => {
    // 1,000 experiments of four values; the sum of 12 uniforms is near normal with mean 6.
    let state = 1;
    const uniform = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = (): number => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, 0);
    let covered = 0;
    for (let i = 0; i < 1000; i++) {
      const { interval } = meanInterval([normal(), normal(), normal(), normal()], 0.9);
      if (interval !== null && interval.low <= 6 && 6 <= interval.high) covered++;
    }
    expect(covered).toBeGreaterThan(860);
    expect(covered).toBeLessThan(940);
  });

  test('no values, diverged runs and bad levels are errors', () => {
    expect(() => meanInterval([])).toThrow('mean over runs: no values; at least 1 is needed');
    expect(() => meanInterval([1, NaN])).toThrow(
      'mean over runs: value 1 is NaN; leave out runs that diverged, and say so',
    );
    expect(() => meanInterval([1], 95)).toThrow(
      'confidence level is 95; it must be above 0 and below 1, such as 0.95',
    );
  });
});

describe('pairedComparison', () => {
  test('known answer: Student’s own sleep data (1908): t = 4.0621 on 9 degrees of freedom, p = 0.002833', () => {
    const dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { difference, test: found } = pairedComparison(dextro, laevo);
    expect(difference.mean).toBeCloseTo(1.58, 12);
    expect(difference.interval?.low).toBeCloseTo(0.7001142, 6);
    expect(difference.interval?.high).toBeCloseTo(2.4598858, 6);
    expect(found?.t).toBeCloseTo(4.0621, 4);
    expect(found?.freedom).toBe(9);
    expect(found?.p).toBeCloseTo(0.00283289, 8);
  });

  test('the interval at level 1 − p just touches 0', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), {
          minLength: 2,
          maxLength: 9,
        }),
        (pairs) => {
          const a = pairs.map(([x]) => x);
          const b = pairs.map(([, y]) => y);
          const { difference, test: found } = pairedComparison(a, b);
          fc.pre(found !== null && found.p > 1e-6 && found.p < 0.999 && difference.std !== 0);
          const { interval } = meanInterval(
            b.map((y, i) => y - (a[i] as number)),
            1 - (found?.p as number),
          );
          expect(Math.min(Math.abs(interval?.low as number), Math.abs(interval?.high as number))).toBeCloseTo(
            0,
            6,
          );
        },
      ),
    );
  });

  test('swapping the treatments turns the sign and keeps p', () => {
    const [a, b] = [
      [1, 2, 4],
      [2, 2, 7],
    ];
    const forth = pairedComparison(a, b);
    const back = pairedComparison(b, a);
    expect(back.difference.mean).toBe(-forth.difference.mean);
    expect(back.test?.t).toBe(-(forth.test?.t as number));
    expect(back.test?.p).toBe(forth.test?.p);
  });

  test('one seed gives a difference without interval or test; equal differences a certain test', () => {
    expect(pairedComparison([3], [1])).toEqual({
      difference: { n: 1, mean: -2, std: null, interval: null },
      test: null,
    });
    expect(pairedComparison([1, 2], [2, 3]).test).toEqual({ t: Infinity, freedom: 1, p: 0 });
    expect(pairedComparison([1, 2], [1, 2]).test).toEqual({ t: 0, freedom: 1, p: 1 });
    // 0.1 three times adds up to more than 0.3, and 1.1 − 1 is not 0.1.
    expect(pairedComparison([0, 0, 0], [0.1, 0.1, 0.1])).toEqual({
      difference: { n: 3, mean: 0.1, std: 0, interval: { level: 0.95, low: 0.1, high: 0.1, halfWidth: 0 } },
      test: { t: Infinity, freedom: 2, p: 0 },
    });
    expect(pairedComparison([1.1, 2.1, 3.1, 0.1], [1, 2, 3, 0]).test).toEqual({
      t: -Infinity,
      freedom: 3,
      p: 0,
    });
    expect(pairedComparison([0.3, 0.2], [0.1 + 0.2, 0.2]).test).toEqual({ t: 0, freedom: 1, p: 1 });
    expect(pairedComparison([0, 0], [1e-9, 1.0000001e-9]).difference.std).toBeGreaterThan(0);
    expect(() => pairedComparison([1, 2], [1, Infinity])).toThrow('value 1 is Infinity');
    expect(() => pairedComparison([1, 2], [1])).toThrow(
      'paired comparison: 2 runs against 1; run both under the same seeds',
    );
  });
});

describePython(['scipy'], 'SciPy', () => {
  test('gives the same tails, quantiles, tests and intervals', () => {
    const freedoms = [1, 2, 3, 4, 5, 9, 10, 29, 30, 99, 1000];
    const tails = freedoms.flatMap((nu) => [1e-3, 0.5, 1, 2, 3.3, 5, 10, 50].map((t) => [t, nu] as const));
    const quantiles = freedoms.flatMap((nu) =>
      [0.5, 0.9, 0.95, 0.99, 0.999].map((level) => [level, nu] as const),
    );
    const value = fc.integer({ min: 1, max: 999 });
    const varies = (values: readonly number[]): boolean => new Set(values).size > 1;
    const sample = fc
      .array(fc.tuple(value, value), { minLength: 2, maxLength: 12 })
      .filter(
        (pairs) =>
          varies(pairs.map(([x]) => x)) &&
          varies(pairs.map(([x, y]) => y - x)) &&
          pairs.some(([x, y]) => x !== y),
      );
    const samples = fc.sample(sample, 30);
    const expected = python(
      `
import json, sys
from scipy import stats
q = json.load(sys.stdin)
print(json.dumps({
  'tails': [2 * stats.t.sf(t, nu) for t, nu in q['tails']],
  'quantiles': [stats.t.ppf((1 + level) / 2, nu) for level, nu in q['quantiles']],
  'tests': [list(map(float, stats.ttest_rel([p[1] for p in s], [p[0] for p in s]))) for s in q['samples']],
  'intervals': [list(stats.t.interval(0.95, len(s) - 1, sum(p[0] for p in s) / len(s), stats.sem([p[0] for p in s]))) for s in q['samples']],
}))`,
      { tails, quantiles, samples },
    ) as { tails: number[]; quantiles: number[]; tests: [number, number][]; intervals: [number, number][] };
    tails.forEach(([t, nu], i) => {
      expect(studentTwoSided(t, nu) / (expected.tails[i] as number)).toBeCloseTo(1, 12);
    });
    // SciPy's quantiles are good to about 5e-9.
    quantiles.forEach(([level, nu], i) => {
      expect(studentQuantile(level, nu) / (expected.quantiles[i] as number)).toBeCloseTo(1, 7);
    });
    samples.forEach((sample, i) => {
      const a = sample.map(([x]) => x);
      const b = sample.map(([, y]) => y);
      const { test: found } = pairedComparison(a, b);
      const [t, p] = expected.tests[i] as [number, number];
      expect(found?.t).toBeCloseTo(t, 8);
      expect((found?.p as number) / p).toBeCloseTo(1, 8);
      const { interval } = meanInterval(a);
      expect((interval?.low as number) / (expected.intervals[i] as [number, number])[0]).toBeCloseTo(1, 7);
      expect((interval?.high as number) / (expected.intervals[i] as [number, number])[1]).toBeCloseTo(1, 7);
    });
  });
});
