/** @file What is written is read again, whole. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { model } from '../testing/onnx.js';
import { readModel, writeModel } from './index.js';

/** Fails with a readable difference; isDeepStrictEqual tells -0 from 0 and takes NaN for NaN. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
  expect(isDeepStrictEqual(actual, expected)).toBe(true);
}

describe('an ONNX model', () => {
  it('is the same after writing and reading, and written again gives the same bytes', () => {
    fc.assert(
      fc.property(model, (original) => {
        const bytes = writeModel(original);
        const again = readModel(bytes);
        expectSame(again, original);
        expectSame(writeModel(again), bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('is read the same wherever it lies in memory: misaligned tensors are copied', () => {
    fc.assert(
      fc.property(model, fc.integer({ min: 1, max: 15 }), (original, offset) => {
        const bytes = writeModel(original);
        const memory = new Uint8Array(bytes.length + offset);
        memory.set(bytes, offset);
        expectSame(readModel(memory.subarray(offset)), original);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a damaged ONNX file', () => {
  /** Gives a model, or throws what a user can act on in one line; anything else is a failure. */
  function readOrExplain(bytes: Uint8Array): void {
    try {
      readModel(bytes);
    } catch (error) {
      if (!(error instanceof ThinnetError) || error.message.includes('\n')) throw error;
    }
  }

  it('cut anywhere is a model or a one-line ThinnetError', () => {
    fc.assert(
      fc.property(model, fc.double({ min: 0, max: 1, noNaN: true }), (original, part) => {
        const bytes = writeModel(original);
        readOrExplain(bytes.subarray(0, Math.floor(part * bytes.length)));
      }),
      { numRuns: 300 },
    );
  });

  it('with bytes changed anywhere is a model or a one-line ThinnetError', () => {
    const flips = fc.array(fc.record({ at: fc.nat(), to: fc.nat(255) }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(model, flips, (original, changes) => {
        const bytes = writeModel(original);
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        readOrExplain(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('of random bytes is a one-line ThinnetError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => readModel(bytes)).toThrow(ThinnetError);
      }),
      { numRuns: 1000 },
    );
  });
});
