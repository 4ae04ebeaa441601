import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeTorch, torch } from '../testing/torch.js';
import { binaryCrossEntropy, binaryError, binaryScore } from './binary.js';
import { classificationError, classificationScore, crossEntropy } from './classification.js';
import { generalizationGap } from './gap.js';
import { meanSquaredError, regressionScore, rootMeanSquaredError } from './regression.js';
import { negativeLogLikelihood } from './scoring.js';
import { softmax } from './softmax.js';

const logit = fc.float({ min: -50, max: 50, noNaN: true });
const cases = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc.record({
    classes: fc.constant(classes),
    rows: fc.array(
      fc.tuple(
        fc.array(logit, { minLength: classes, maxLength: classes }),
        fc.integer({ min: 0, max: classes - 1 }),
      ),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);
type Rows = readonly (readonly [readonly number[], number])[];
const logitsOf = (rows: Rows): Float32Array => Float32Array.from(rows.flatMap(([row]) => row));
const labelsOf = (rows: Rows): Int32Array => Int32Array.from(rows, ([, label]) => label);

describe('softmax', () => {
  test('gives probabilities that add up to 1, whatever is added to a row', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: -1e4, max: 1e4, noNaN: true }), ({ classes, rows }, shift) => {
        const logits = Float64Array.from(logitsOf(rows));
        const probabilities = softmax(logits, classes);
        for (let row = 0; row < rows.length; row++) {
          const sum = probabilities.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(1, 12);
        }
        softmax(
          logits.map((z) => z + shift),
          classes,
        ).forEach((p, i) => {
          expect(p).toBeCloseTo(probabilities[i] as number, 9);
        });
      }),
    );
  });

  test('huge logits do not overflow', () => {
    expect(softmax([1e30, 0, -1e30], 3)).toEqual(Float64Array.of(1, 0, 0));
    expect(() => softmax([1, 2, 3], 2)).toThrow("softmax: 3 logits aren't rows of 2 classes");
  });
});

describe('cross-entropy and error', () => {
  test('equal logits cost ln(classes); a sure right answer costs nothing, a sure wrong one its margin', () => {
    expect(crossEntropy([0, 0, 0, 0], [3], 4)).toBeCloseTo(Math.log(4), 14);
    expect(crossEntropy([1000, 0], [0], 2)).toBe(0);
    expect(crossEntropy([1e6, 0], [1], 2)).toBe(1e6);
  });

  test('cross-entropy is the negative log-likelihood of the softmax', () => {
    fc.assert(
      fc.property(cases, ({ classes, rows }) => {
        const nll = negativeLogLikelihood(softmax(logitsOf(rows), classes), labelsOf(rows), classes);
        expect(crossEntropy(logitsOf(rows), labelsOf(rows), classes)).toBeCloseTo(nll, 9);
      }),
    );
  });

  test('the error is the share of rows whose largest score is not the label’s; ties answer the lowest class', () => {
    expect(classificationError([1, 2, 3, 0, 0, 9], [1, 0, 1], 2)).toBe(0);
    expect(classificationError([1, 2, 3, 0, 0, 9], [0, 0, 0], 2)).toBeCloseTo(2 / 3, 15);
    expect(classificationError([5, 5], [0], 2)).toBe(0);
    expect(classificationError([5, 5], [1], 2)).toBe(1);
  });

  test('NaN counts as wrong and shows in the loss', () => {
    expect(classificationError([NaN, 1, NaN, NaN], [1, 0], 2)).toBe(1);
    expect(crossEntropy([NaN, 1, NaN, NaN], [1, 0], 2)).toBeNaN();
  });

  test.each([
    ['NaN', [1, 2, 1, NaN], 'example 1 are not finite (output 1 is NaN)'],
    ['infinity', [Infinity, 2, 1, 0], 'example 0 are not finite (output 0 is Infinity)'],
    ['no finite logit', [1, 2, -Infinity, -Infinity], 'example 1 are not finite (output 0 is -Infinity)'],
  ])('a score of %s is an error that names the example and the remedy', (_, logits, message) => {
    const score = () => classificationScore(logits, [0, 0], 2);
    expect(score).toThrow(`classification score: the outputs of ${message}`);
    expect(score).toThrow('train again with a lower learning rate');
  });

  test('a class that a logit of −∞ rules out is scored', () => {
    expect(classificationScore([0, -Infinity], [0], 2)).toEqual({ loss: 0, error: 0 });
    expect(classificationScore([0, -Infinity], [1], 2)).toEqual({ loss: Infinity, error: 1 });
  });

  test('scores of one logit and of numbers refuse what is not finite too', () => {
    expect(() => binaryScore([1, NaN], [0, 1])).toThrow('binary score: the outputs of example 1 are not');
    expect(() => regressionScore([1, -Infinity], [0, 1])).toThrow('regression score: output 1 is -Infinity');
  });

  test('arrays that do not fit are errors that say how', () => {
    expect(() => crossEntropy([1, 2, 3], [0], 2)).toThrow(
      'cross-entropy: 3 scores; 1 examples of 2 classes have 2',
    );
    expect(() => crossEntropy([1, 2], [2], 2)).toThrow(
      'cross-entropy: label of example 0 is 2; with 2 classes it must be',
    );
    expect(() => classificationError([1, 2], [0.5], 2)).toThrow(
      'classification error: label of example 0 is 0.5',
    );
    expect(() => classificationError([], [], 2)).toThrow(
      'classification error: no examples; at least 1 is needed',
    );
    expect(() => classificationError([1], [0], 1)).toThrow('classification error: classes is 1');
  });
});

describe('binary and regression', () => {
  test('one logit z says the same as the two logits 0 and z', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(logit, fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 9 }),
        (pairs) => {
          const one = pairs.map(([z]) => z);
          const two = pairs.flatMap(([z]) => [0, z]);
          const labels = pairs.map(([, label]) => label);
          const score = binaryScore(one, labels);
          expect(score.loss).toBeCloseTo(crossEntropy(two, labels, 2), 10);
          expect(score.error).toBe(classificationError(two, labels, 2));
        },
      ),
    );
    expect(binaryCrossEntropy([-1e5], [1])).toBe(1e5);
    expect(binaryError([NaN, NaN], [0, 1])).toBe(1);
    expect(() => binaryError([1], [2])).toThrow('binary error: label of example 0 is 2; with 2 classes');
    expect(() => binaryError([1, 2], [1])).toThrow('binary error: 2 values against 1');
  });

  test('squared error, its root, and both as a score', () => {
    expect(meanSquaredError([1, 2, 3, 4], [1, 2, 3, 0])).toBe(4);
    expect(rootMeanSquaredError([1, 2, 3, 4], [1, 2, 3, 0])).toBe(2);
    expect(regressionScore(Float32Array.of(1, 2), Float32Array.of(4, 5))).toEqual({ loss: 9, error: 3 });
    expect(() => meanSquaredError([1], [1, 2])).toThrow('mean squared error: 1 values against 2');
    expect(() => meanSquaredError([], [])).toThrow('mean squared error: no values');
  });

  test('the gap is test minus training, of loss and error', () => {
    expect(generalizationGap({ loss: 0.25, error: 0.125 }, { loss: 1, error: 0.25 })).toEqual({
      loss: 0.75,
      error: 0.125,
    });
  });
});

describeTorch('PyTorch', () => {
  test('computes the same losses from the same logits', () => {
    const samples = fc.sample(cases, 40);
    const losses = torch(
      `
import json, sys, torch
import torch.nn.functional as F
out = []
for case in json.load(sys.stdin):
  z = torch.tensor([r[0] for r in case['rows']], dtype=torch.float64)
  y = torch.tensor([r[1] for r in case['rows']])
  b = (y > 0).double()
  out.append([F.cross_entropy(z, y).item(), F.binary_cross_entropy_with_logits(z[:, 0], b).item(), F.mse_loss(z[:, 0], b).item()])
print(json.dumps(out))`,
      samples,
    ) as [number, number, number][];
    samples.forEach(({ classes, rows }, i) => {
      const [entropy, binary, squared] = losses[i] as [number, number, number];
      const first = rows.map(([row]) => row[0] as number);
      const labels = rows.map(([, label]) => (label > 0 ? 1 : 0));
      expect(crossEntropy(logitsOf(rows), labelsOf(rows), classes)).toBeCloseTo(entropy, 10);
      expect(binaryCrossEntropy(first, labels)).toBeCloseTo(binary, 10);
      expect(meanSquaredError(first, labels)).toBeCloseTo(squared, 8);
    });
  });
});
