import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArmResults, PairResult } from '../compare/results.js';
import { divergenceInWords } from './diverged.js';
import { decimalsFor, fixed } from './format.js';
import { sentence } from './sentence.js';
import { summarise } from './summarise.js';
import { textTable } from './table.js';

interface Figures {
  readonly testError: number;
  readonly testLoss: number;
  readonly trainLoss: number;
}

function arm(label: string, seeds: readonly Figures[]): ArmResults {
  const results = seeds.map(
    ({ testError, testLoss, trainLoss }, i): PairResult => ({
      arm: label,
      seed: i + 1,
      epochs: [],
      train: { loss: trainLoss, error: 0.001 },
      test: { loss: testLoss, error: testError },
      calibration: { ece: 0.01 + i / 1000, bins: [] },
      examplesPerSecond: 21_234,
    }),
  );
  return { spec: label.replace(' ', '='), label, folder: label, results };
}

const seeds = (errors: readonly number[], gap = 0.2): Figures[] =>
  errors.map((testError, i) => ({ testError, trainLoss: 0.01, testLoss: 0.01 + gap * (1 + i / 100) }));
const say = (...arms: readonly ArmResults[]) => sentence(summarise(arms));

const five = [0.046, 0.047, 0.0455, 0.0463, 0.0467];
const less = (by: number, jitter = 0.0004) => five.map((error, i) => error - by + (i % 2 ? jitter : -jitter));

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
        const text = sentence(summarise(arms));
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

describe('the table', () => {
  it('lines up a row for each arm with mean and half-width, and no interval for one seed', () => {
    const summary = summarise([arm('none', seeds(five)), arm('dropout 0.5', seeds(less(0.0042)))]);
    const lines = textTable(summary, 'images').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^arm +test error % +train error % +test loss +gap +ECE +images\/s$/);
    expect(lines[1]).toMatch(/^none +4\.63 ± 0\.07 +0\.10 ± 0\.00 .* 21,200$/);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    const single = textTable(summarise([arm('none', seeds([0.05]))]), 'examples');
    expect(single).toContain('examples/s');
    expect(single).not.toContain('±');
  });
});

describe('a run that diverged', () => {
  const lost = { testError: 0.9, testLoss: 7e21, trainLoss: 2.7e22 };
  it('is named with its arm and seed, and what to do', () => {
    const arms = [arm('none', seeds(five)), arm('dropout 0.5', [...seeds([0.1]), lost, lost])];
    expect(divergenceInWords(arms, 10)).toEqual([
      expect.stringMatching(
        /^Training of dropout 0\.5 diverged \(seeds 2, 3\): .*lower the learning rate \(--lr\)/,
      ),
    ]);
  });

  it('is none that overfits, or that only guesses', () => {
    const loss = Math.log(10);
    const guessing = { testError: 0.9, testLoss: 40, trainLoss: loss };
    expect(divergenceInWords([arm('none', [guessing])], 10)).toEqual([]);
    expect(divergenceInWords([arm('none', [{ ...guessing, trainLoss: Number.NaN }])], 10)).toHaveLength(1);
  });

  it('has numbers that can be read', () => {
    expect(fixed(-2.7490422273153696e19, 4)).toBe('−2.75e+19');
    expect(fixed(999_999, 1)).toBe('999999.0');
    // 36.535, as two orders of summation give it.
    expect(fixed(36.535000000000004, 2)).toBe(fixed(36.535, 2));
    expect(textTable(summarise([arm('none', [lost])]), 'images')).toMatch(/ 7\.00e\+21 +−2\.00e\+22 /);
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

describe('the table in a terminal', () => {
  const summary = summarise([arm('none', seeds(five)), arm('dropout 0.5', seeds(less(0.01)))]);
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  it('fits it: a row an arm, else a column an arm, else one arm below the other', () => {
    const firstLines = [120, 80, 60, 40].map((width) => {
      const text = textTable(summary, 'images', width);
      expect(widest(text)).toBeLessThanOrEqual(width);
      return text.split('\n')[0]?.trim().replace(/ +/g, ' ');
    });
    const byArm = 'arm test error % train error % test loss gap ECE images/s';
    expect(firstLines).toEqual([byArm, 'none dropout 0.5', 'none dropout 0.5', 'none']);
    expect(textTable(summary, 'images').split('\n')[0]?.trim().replace(/ +/g, ' ')).toBe(byArm);
  });

  it('has the same figures at every width', () => {
    const figures = (text: string) => (text.match(/\d+\.\d+ ± \d+\.\d+/g) ?? []).sort();
    expect(figures(textTable(summary, 'images', 40))).toEqual(figures(textTable(summary, 'images')));
    expect(figures(textTable(summary, 'images', 60))).toHaveLength(10);
  });
});
