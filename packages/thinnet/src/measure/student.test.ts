/** @file Student's t against jstat, another implementation by another formula. */
import fc from 'fast-check';
import jstat from 'jstat';
import { expect, test } from 'vitest';
import { studentQuantile, studentTwoSided } from './student.js';

// jstat goes by the incomplete beta function, whose continued fraction it ends when a factor is within 3e-7 of 1;
// the factors that it leaves out get smaller still.
const tolerance = 1e-6;
const relative = (a: number, b: number): number => Math.abs(a - b) / b;
const freedom = fc.integer({ min: 1, max: 400 });

test('tails agree with jstat’s, for any number of degrees of freedom', () => {
  fc.assert(
    fc.property(freedom, fc.double({ min: 0.01, max: 10, noNaN: true }), (nu, t) => {
      expect(relative(studentTwoSided(t, nu), 2 * jstat.studentt.cdf(-t, nu))).toBeLessThan(tolerance);
    }),
  );
});

test('quantiles agree with jstat’s, at the levels of confidence intervals', () => {
  fc.assert(
    fc.property(freedom, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (nu, level) => {
      const expected = jstat.studentt.inv(0.5 + level / 2, nu);
      expect(relative(studentQuantile(level, nu), expected)).toBeLessThan(tolerance);
    }),
  );
});
