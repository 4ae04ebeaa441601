import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestRate, highestSeed, highestStep, readQuery, startState, writeQuery } from './query.js';

describe('the address of a step', () => {
  it('is read back as it was written', () => {
    const state = fc.record({
      rate: fc.integer({ min: 0, max: highestRate * 20 }).map((n) => n / 20),
      seed: fc.integer({ min: 0, max: highestSeed }),
      step: fc.integer({ min: 0, max: highestStep }),
      flower: fc.integer({ min: 0, max: 2 }),
      mode: fc.constantFrom('training' as const, 'inference' as const),
    });
    fc.assert(
      fc.property(state, (one) => {
        expect(readQuery(writeQuery(one))).toEqual(one);
      }),
    );
  });

  it.each(['', 'rate=2&seed=-1&step=1.5&flower=7&mode=x', 'rate=x&seed= '])(
    'with %j is that of the start',
    (query) => {
      expect(readQuery(query)).toEqual(startState);
    },
  );
});
