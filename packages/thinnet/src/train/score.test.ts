/** @file Scores agree with numbers worked by hand. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import { binaryCrossEntropy, crossEntropy, meanSquaredError } from './loss.js';
import { scoreOf } from './score.js';

const dataset = (labels: Int32Array | Float32Array, length: number, classes: number): Dataset => ({
  name: 'by hand',
  length,
  shape: [1],
  features: new Float32Array(length),
  labels,
  classes,
});

describe('scoreOf', () => {
  it('cross-entropy of even logits is ln(classes); the error counts wrong arg-maxes', () => {
    const set = dataset(Int32Array.of(0, 1, 2), 3, 3);
    expect(scoreOf(crossEntropy(), new Float32Array(9), set)).toEqual({
      loss: expect.closeTo(Math.log(3), 6),
      error: expect.closeTo(2 / 3, 12),
    });
  });

  it('cross-entropy stays finite at logits of 1000', () => {
    const set = dataset(Int32Array.of(1), 1, 2);
    expect(scoreOf(crossEntropy(), Float32Array.of(1000, 0), set)).toEqual({ loss: 1000, error: 1 });
  });

  it('leaves label smoothing out', () => {
    const set = dataset(Int32Array.of(1), 1, 2);
    const outputs = Float32Array.of(0.3, 1.2);
    expect(scoreOf(crossEntropy({ labelSmoothing: 0.2 }), outputs, set)).toEqual(
      scoreOf(crossEntropy(), outputs, set),
    );
  });

  it('binary cross-entropy: softplus(z) − z·y, and the share on the wrong side', () => {
    const set = dataset(Float32Array.of(1, 0, 1, 0), 2, 0);
    const z = [2, 1, -1, -3];
    const y = [1, 0, 1, 0];
    const loss = z.reduce((sum, zi, i) => sum + Math.log(1 + Math.exp(zi)) - zi * (y[i] as number), 0) / 4;
    expect(scoreOf(binaryCrossEntropy(), Float32Array.from(z), set)).toEqual({
      loss: expect.closeTo(loss, 10),
      error: 0.5,
    });
  });

  it('mean squared error, and its root as the error', () => {
    const set = dataset(Float32Array.of(1, 2), 2, 0);
    expect(scoreOf(meanSquaredError(), Float32Array.of(4, -2), set)).toEqual({
      loss: 12.5,
      error: Math.sqrt(12.5),
    });
  });

  it('scores the examples named', () => {
    const set = dataset(Int32Array.of(0, 1), 2, 2);
    expect(scoreOf(crossEntropy(), Float32Array.of(0, 5), set, Uint32Array.of(1)).error).toBe(0);
  });
});
