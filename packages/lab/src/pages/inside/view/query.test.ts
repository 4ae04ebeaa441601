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
        expect(readQuery(writeQuery(one))).toEqual({ state: one, problems: [] });
      }),
    );
  });

  it.each([
    ['', []],
    ['rate=2&seed=-1&step=1.5&flower=7&mode=x', ['rate=2', 'seed=-1', 'step=1.5', 'flower=7', 'mode=x']],
    ['rate=x&seed= ', ['rate=x', 'seed= ']],
    ['seed=abc', ['seed=abc']],
    ['colour=red', ['“colour”']],
  ])('with %j is that of the start, and says what could not be read', (query, named) => {
    const { state, problems } = readQuery(query);
    expect(state).toEqual(startState);
    expect(problems).toEqual(named.map((part) => expect.stringContaining(part)));
  });

  it('says what it must be, and what is taken', () => {
    expect(readQuery('rate=5&mode=x&step=3')).toEqual({
      state: { ...startState, step: 3 },
      problems: [
        'The address has rate=5: the rate is a number from 0 to 0.9; 0.3 is taken.',
        'The address has mode=x: the mode is training or inference; training is taken.',
      ],
    });
  });
});
