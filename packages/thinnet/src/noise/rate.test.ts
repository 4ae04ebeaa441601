/** @file The texts of wrong rates. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { checkRate } from './rate.js';

const rule = 'it is the probability to drop, between 0 and 1';

describe('checkRate', () => {
  it.each([
    [1.5, `rate is 1.5; ${rule} (did you mean 0.5? keep p is rate 1 - p)`],
    [1.2, `rate is 1.2; ${rule} (did you mean 0.2? keep p is rate 1 - p)`],
    [-0.3, `rate is -0.3; ${rule} (did you mean 0.3?)`],
    [50, `rate is 50; ${rule} (did you mean 50 %, which is 0.5?)`],
    [2, `rate is 2; ${rule} (did you mean 2 %, which is 0.02?)`],
    [-7, `rate is -7; ${rule}`],
    [1000, `rate is 1000; ${rule}`],
    [Number.POSITIVE_INFINITY, `rate is Infinity; ${rule}`],
    [Number.NaN, `rate is NaN; ${rule} (was it computed from something undefined?)`],
    ['0.5', `rate is "0.5", not a number; ${rule}`],
    [undefined, `rate is undefined, not a number; ${rule}`],
  ])('%s: %s', (rate, message) => {
    expect(() => checkRate(rate as number, 'dropout "hidden2"')).toThrow(
      new ThinnetError(`dropout "hidden2": ${message}`),
    );
  });

  it('returns every rate from 0 to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (rate) => checkRate(rate, 'dropout') === rate),
    );
  });
});
