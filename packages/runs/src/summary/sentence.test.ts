import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalsFor, fixed } from '../format.js';
import type { ArmResults } from '../results.js';
import { arm, five, less, seeds } from '../testing/arms.js';
import { sentences } from './sentence.js';
import { summarise } from './summarise.js';

const say = (...arms: readonly ArmResults[]) => sentences(summarise(arms)).join(' ');

describe('the sentence', () => {
  it('states an effect with its interval, before and after, and the number of seeds', () => {
    expect(say(arm('none', seeds(five, 0.21)), arm('dropout 0.5', seeds(less(0.0042), 0.07)))).toBe(
      'Dropout 0.5 lowered the test error by 0.43 ± 0.05 points (4.63 % → 4.20 %; 95 % interval, 5 seeds) ' +
        'and the generalisation gap from 0.21 to 0.07.',
    );
  });

  it('calls an effect in the wrong direction what it is', () => {
    const text = say(arm('none', seeds(five, 0.2)), arm('dropout 0.9', seeds(less(-0.02), 0.1)));
    expect(text).toMatch(/^Dropout 0.9 raised the test error by 1\.9\d ± 0\.05 points/);
  });

  it('says that one seed shows nothing about chance', () => {
    expect(say(arm('none', seeds([0.0463])), arm('dropout 0.5', seeds([0.0421])))).toBe(
      'With one seed, dropout 0.5 had a test error of 4.21 %, against 4.63 % with no dropout. ' +
        'One seed shows nothing about chance; repeat with more, such as --seeds 5.',
    );
  });

  it('does not judge by equal differences, which have no spread', () => {
    const text = say(arm('none', seeds([0.25, 0.5])), arm('dropout 0.5', seeds([0.125, 0.375])));
    expect(text).toContain(
      'had a test error −12.50 points from that of no dropout with every one of 2 seeds',
    );
    expect(text).not.toMatch(/lowered the test error|raised the test error/);
  });

  it('warns where several arms are compared', () => {
    const text = say(
      arm('none', seeds(five)),
      arm('dropout 0.3', seeds(less(0.003))),
      arm('dropout 0.5', seeds(less(0.004))),
    );
    expect(text).toMatch(
      /Dropout 0\.3 lowered .* Dropout 0\.5 lowered .* not corrected for comparing several arms\.$/,
    );
  });

  it('of a single arm gives its figure and no comparison', () => {
    expect(say(arm('none', seeds(five)))).toMatch(
      /^No dropout had a test error of 4\.63 % ± 0\.\d\d points .* add a second --arm/,
    );
  });

  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  const figures = fc.record({ testError: rate, testLoss: rate, trainLoss: rate });
  const pairs = fc
    .integer({ min: 1, max: 6 })
    .chain((n) =>
      fc.tuple(
        fc.array(figures, { minLength: n, maxLength: n }),
        fc.array(figures, { minLength: n, maxLength: n }),
      ),
    );

  it('never claims an effect when the interval includes 0 or there is none', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const arms = [arm('none', a), arm('dropout 0.5', b)];
        const { testError, gap } = summarise(arms).comparisons[0]!;
        const includesZero = (x: typeof gap) =>
          x.halfWidth === undefined || x.halfWidth === 0 || Math.abs(x.mean) <= x.halfWidth;
        const text = say(...arms);
        const claimsError = /(lowered|raised) the test error/.test(text);
        expect(claimsError).toBe(!includesZero(testError));
        if (claimsError)
          expect(text).toContain(testError.mean < 0 ? ' lowered the test error' : ' raised the test error');
        const claimsGap = /generalisation gap from/.test(text);
        expect(claimsGap).toBe(a.length > 1 && !includesZero(gap));
      }),
      { numRuns: 500 },
    );
  });

  it('never shows a claimed difference that its own rounded interval contradicts', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 1e-3, max: 5, noNaN: true }),
        (d, half) => {
          const decimals = decimalsFor(d, half);
          const shown = [Math.abs(d), half].map((x) => Number(fixed(x, decimals)));
          if (decimals < 6) expect(shown[0]! > shown[1]!).toBe(Math.abs(d) > half);
        },
      ),
    );
  });
});

describe('two seeds', () => {
  it('are said to be few', () => {
    const two = say(arm('none', seeds([0.1, 0.2])), arm('dropout 0.5', seeds([0.1, 0.3])));
    expect(two).toContain('Intervals of two seeds are wide');
    expect(say(arm('none', seeds(five)), arm('a', seeds(less(0.01))))).not.toContain(
      'Intervals of two seeds',
    );
  });
});
