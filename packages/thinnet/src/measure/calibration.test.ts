import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptiveCalibrationError } from './adaptive.js';
import { calibration } from './calibration.js';
import { brierScore, negativeLogLikelihood } from './scoring.js';
import { softmax } from './softmax.js';

/** Two classes; each row answers class 0 with the given confidence (≥ ½), rightly or not. */
const answers = (rows: readonly (readonly [number, boolean])[]) => ({
  probabilities: rows.flatMap(([confidence]) => [confidence, 1 - confidence]),
  labels: rows.map(([, right]) => (right ? 0 : 1)),
});

const cases = fc.integer({ min: 2, max: 4 }).chain((classes) =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: classes, maxLength: classes }),
        fc.integer({ min: 0, max: classes - 1 }),
      ),
      { minLength: 1, maxLength: 30 },
    )
    .map((rows) => ({
      classes,
      probabilities: softmax(
        rows.flatMap(([logits]) => logits),
        classes,
      ),
      labels: rows.map(([, label]) => label),
    })),
);

describe('calibration', () => {
  test('is Σ |B|/n · |accuracy − confidence| over the bins it returns', () => {
    // Worked by hand, 5 bins: (0.4, 0.6] holds 0.55 right and 0.6 wrong, (0.8, 1] holds 0.9 right twice and 0.95 wrong.
    const { probabilities, labels } = answers([
      [0.55, true],
      [0.6, false],
      [0.9, true],
      [0.9, true],
      [0.95, false],
    ]);
    const { ece, mce, bins } = calibration(probabilities, labels, 2, 5);
    const low = Math.abs(1 / 2 - 0.575);
    const high = Math.abs(2 / 3 - 2.75 / 3);
    expect(ece).toBeCloseTo((2 / 5) * low + (3 / 5) * high, 14);
    expect(mce).toBeCloseTo(high, 14);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 2, 0, 3]);
    expect(bins[2]).toMatchObject({ from: 0.4, to: 0.6, accuracy: 0.5 });
    expect(bins[0]).toMatchObject({ confidence: NaN, accuracy: NaN });
  });

  test('a confidence on an edge belongs to the bin that ends there, at any number of bins', () => {
    for (let bins = 2; bins <= 50; bins++)
      for (let edge = Math.ceil(bins / 2); edge <= bins; edge++) {
        const { probabilities, labels } = answers([[edge / bins, true]]);
        expect(calibration(probabilities, labels, 2, bins).bins[edge - 1]?.count).toBe(1);
      }
  });

  test('a network that is right as often as it says has error 0, a sure and wrong one 1', () => {
    const rows = Array.from({ length: 10 }, (_, i) => [0.8, i < 8] as const);
    const sure = answers(rows);
    expect(calibration(sure.probabilities, sure.labels, 2).ece).toBeCloseTo(0, 14);
    expect(adaptiveCalibrationError(sure.probabilities, sure.labels, 2, 1)).toBeCloseTo(0, 14);
    expect(calibration([1, 0, 1, 0], [1, 1], 2)).toMatchObject({ ece: 1, mce: 1 });
    expect(adaptiveCalibrationError([1, 0, 1, 0], [1, 1], 2)).toBe(1);
  });

  test('stays in [0, 1], counts every example once, and does not depend on their order', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 20 }), ({ classes, probabilities, labels }, bins) => {
        const { ece, mce, bins: found } = calibration(probabilities, labels, classes, bins);
        expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length);
        for (const { from, to, count, confidence } of found)
          if (count > 0) expect(confidence >= from - 1e-12 && confidence <= to + 1e-12).toBe(true);
        expect(ece >= 0 && ece <= mce + 1e-12 && mce <= 1).toBe(true);
        const reversed = labels.flatMap((_, i) =>
          Array.from(probabilities.subarray(-(i + 1) * classes, probabilities.length - i * classes)),
        );
        expect(calibration(reversed, [...labels].reverse(), classes, bins).ece).toBeCloseTo(ece, 12);
      }),
    );
  });

  test('with one bin it is |accuracy − mean confidence|', () => {
    fc.assert(
      fc.property(cases, ({ classes, probabilities, labels }) => {
        const { ece, bins } = calibration(probabilities, labels, classes, 1);
        expect(ece).toBeCloseTo(
          Math.abs((bins[0]?.accuracy as number) - (bins[0]?.confidence as number)),
          14,
        );
      }),
    );
  });

  test('what is no probability is an error that names the example', () => {
    expect(() => calibration([2, -1], [0], 2)).toThrow(
      'calibration: example 0, class 0 has probability 2; pass logits through softmax first',
    );
    expect(() => calibration([0.5, 0.4], [0], 2)).toThrow(
      'calibration: probabilities of example 0 add up to 0.9, not 1',
    );
    expect(() => calibration([NaN, 1], [0], 2)).toThrow(
      'the outputs of example 0 are not finite (output 0 is NaN): training has diverged',
    );
    expect(() => calibration([0.5, 0.5], [0], 2, 0)).toThrow(
      'calibration: bins is 0; it must be an integer from 1 up, such as 15',
    );
    expect(() => adaptiveCalibrationError([0.5, 0.5], [0], 2, 1.5)).toThrow(
      'adaptive calibration error: bins is 1.5',
    );
  });
});

describe('adaptive calibration error', () => {
  test('cuts each class’s examples into ranges of equal count', () => {
    // Worked by hand: class 1 at 0.1, 0.2 | 0.6, 0.9 with labels 0, 1 | 0, 1; class 0 mirrors it.
    const p = [0.9, 0.1, 0.8, 0.2, 0.4, 0.6, 0.1, 0.9];
    const gaps = [Math.abs(0.5 - 0.15), Math.abs(0.5 - 0.75)];
    expect(adaptiveCalibrationError(p, [0, 1, 0, 1], 2, 2)).toBeCloseTo(
      ((gaps[0] as number) + (gaps[1] as number)) / 2,
      14,
    );
  });

  test('with more bins than examples it is the mean distance from the one-hot label', () => {
    fc.assert(
      fc.property(cases, ({ classes, probabilities, labels }) => {
        const distance = probabilities.reduce(
          (sum, p, i) => sum + Math.abs(p - (labels[Math.floor(i / classes)] === i % classes ? 1 : 0)),
          0,
        );
        expect(adaptiveCalibrationError(probabilities, labels, classes, 1000)).toBeCloseTo(
          distance / probabilities.length,
          12,
        );
      }),
    );
  });
});

describe('proper scores', () => {
  test('known values: certainty, ignorance, error', () => {
    expect(brierScore([1, 0, 0], [0], 3)).toBe(0);
    expect(brierScore([1, 0, 0], [1], 3)).toBe(2);
    expect(brierScore([0.5, 0.5], [0], 2)).toBe(0.5);
    expect(negativeLogLikelihood([0.25, 0.75], [0], 2)).toBeCloseTo(Math.log(4), 14);
    expect(negativeLogLikelihood([1, 0], [1], 2)).toBe(Infinity);
    expect(negativeLogLikelihood([1, 0], [0], 2)).toBe(0);
  });

  test('are best, on average, for the true probabilities', () => {
    const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(probability, probability, (truth, claim) => {
        const expected = (score: typeof brierScore, p: number): number =>
          truth * score([p, 1 - p], [0], 2) + (1 - truth) * score([p, 1 - p], [1], 2);
        for (const score of [brierScore, negativeLogLikelihood])
          expect(expected(score, truth)).toBeLessThanOrEqual(expected(score, claim) + 1e-12);
      }),
    );
  });
});
