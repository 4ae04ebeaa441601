import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dim } from '../onnx/model.js';
import {
  addDims,
  ceilDivideDims,
  divideDims,
  evaluateDim,
  floorDivideDims,
  maxDims,
  minDims,
  multiplyDims,
  productOf,
  substituteDim,
  subtractDims,
} from './dim.js';

const lengths = fc.record({ N: fc.integer({ min: 1, max: 50 }), T: fc.integer({ min: 1, max: 50 }) });

const operations: Readonly<
  Record<string, readonly [(a: Dim, b: Dim) => Dim, (a: number, b: number) => number]>
> = {
  add: [addDims, (a, b) => a + b],
  subtract: [subtractDims, (a, b) => a - b],
  multiply: [multiplyDims, (a, b) => a * b],
  min: [minDims, Math.min],
  max: [maxDims, Math.max],
  floorDivide: [(a, b) => floorDivideDims(a, maxDims(b, 1)), (a, b) => Math.floor(a / Math.max(b, 1))],
  ceilBy3: [(a) => ceilDivideDims(a, 3), (a) => Math.ceil(a / 3)],
};

/** Random expressions with the function that computes them from lengths. */
const expression = fc.letrec<{ dim: readonly [Dim, (at: Record<string, number>) => number] }>((tie) => ({
  dim: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 0, max: 9 }).map((n) => [n, () => n] as const),
    fc.constantFrom('N', 'T').map((s) => [s, (at: Record<string, number>) => at[s] as number] as const),
    fc
      .tuple(fc.constantFrom(...Object.keys(operations)), tie('dim'), tie('dim'))
      .map(([name, [a, f], [b, g]]) => {
        const [symbolic, numeric] = operations[name] as (typeof operations)[string];
        return [symbolic(a, b), (at: Record<string, number>) => numeric(f(at), g(at))] as const;
      }),
  ),
})).dim;

describe('symbolic axis lengths', () => {
  it('evaluate to what the same arithmetic gives on numbers', () => {
    fc.assert(
      fc.property(expression, lengths, ([dim, compute], at) => {
        expect(evaluateDim(dim, at)).toBe(compute(at) + 0);
      }),
      { numRuns: 500 },
    );
  });

  it('may be given lengths one after the other', () => {
    fc.assert(
      fc.property(expression, lengths, ([dim, compute], at) => {
        expect(substituteDim(substituteDim(dim, { T: at.T }), { N: at.N })).toBe(compute(at) + 0);
      }),
      { numRuns: 300 },
    );
  });

  it('have one spelling: sums and products commute and associate', () => {
    fc.assert(
      fc.property(expression, expression, expression, ([a], [b], [c]) => {
        expect(addDims(a, b)).toBe(addDims(b, a));
        expect(multiplyDims(a, b)).toBe(multiplyDims(b, a));
        expect(addDims(addDims(a, b), c)).toBe(addDims(a, addDims(b, c)));
        expect(multiplyDims(addDims(a, b), c)).toBe(addDims(multiplyDims(a, c), multiplyDims(b, c)));
        expect(subtractDims(addDims(a, b), b)).toBe(addDims(a, 0));
      }),
    );
  });

  it('divide a product by its factors', () => {
    fc.assert(
      fc.property(expression, expression, ([a], [b]) => {
        fc.pre(b !== 0);
        expect(divideDims(multiplyDims(a, b), b)).toBe(addDims(a, 0));
      }),
    );
  });

  it('are spelt readably', () => {
    expect(productOf(['N', 'T', 2])).toBe('2*N*T');
    expect(addDims('N', 'N')).toBe('2*N');
    expect(addDims(addDims('T', 1), 'N')).toBe('N + T + 1');
    expect(subtractDims('N', 3)).toBe('N - 3');
    expect(subtractDims(3, 'N')).toBe('-1*N + 3');
    expect(floorDivideDims('N', 2)).toBe('floor(N/2)');
    expect(floorDivideDims(addDims('N', 3), 2)).toBe('floor((N + 1)/2) + 1');
    expect(floorDivideDims(multiplyDims('N', 6), 4)).toBe('N + floor(N/2)');
    expect(ceilDivideDims(multiplyDims('N', 20), 20)).toBe('N');
    expect(minDims(5, 'N')).toBe('min(N, 5)');
    expect(maxDims(subtractDims('N', 1), 'N')).toBe('N');
  });

  it('leave symbols of any spelling as they are', () => {
    for (const symbol of ['batch size', 'seq-len', '((s0 - 1)//2)', 'unk__12', 'past + present'])
      expect(addDims(addDims(symbol, 1), -1)).toBe(symbol);
    expect(evaluateDim('past + present', { past: 3, present: 4 })).toBe(7);
    expect(evaluateDim('past + present', { 'past + present': 9 })).toBe(9);
    expect(evaluateDim('constructor', {})).toBeUndefined();
  });
});
