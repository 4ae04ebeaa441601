import { describe, expect, it } from 'vitest';
import type { Answer } from '../network/answers.js';
import { howSure, saysWhat, whence } from './words.js';

/** An answer of 100 thinned networks, `votes` of each class, each surely. */
function answerOf(votes: readonly number[], measures: Partial<Answer> = {}): Answer {
  const classes = votes.length;
  const rows = votes.flatMap((count, digit) => Array.from({ length: count }, () => digit));
  const samples = Float32Array.from(rows.flatMap((digit) => votes.map((_, c) => Number(c === digit))));
  const mean = votes.map((count) => count / 100);
  return {
    ...{ classes, samples, mean, std: mean, meanNetwork: mean },
    ...{ entropy: 0, expectedEntropy: 0, mutualInformation: 0, ...measures },
  };
}

describe('an answer in words', () => {
  it('says what the mean network says and how the others vote', () => {
    expect(saysWhat(answerOf([0, 61, 0, 39]))).toBe(
      'The mean network says 1, with probability 61 %. Of 100 thinned networks 61 say 1, 39 say 3.',
    );
    expect(saysWhat(answerOf([0, 100]))).toContain('All 100 thinned networks say 1.');
    expect(saysWhat(answerOf([40, 30, 10, 10, 10]))).toContain(
      '40 say 0, 30 say 1, 10 say 2, 10 say 3, the rest others.',
    );
  });

  it.each([
    [0.05, 'sure'],
    [0.5, 'fairly sure'],
    [1, 'unsure'],
    [2.2, 'very unsure'],
  ] as const)('calls an entropy of %f nats over ten classes %s', (entropy, word) => {
    expect(
      howSure(
        answerOf(
          Array.from({ length: 10 }, () => 10),
          { entropy },
        ),
      ),
    ).toBe(word);
  });

  it('of a sure network says how many of the thinned ones are sure, and no more', () => {
    expect(whence(answerOf([0, 100], { entropy: 0 }))).toBe(
      'All 100 thinned networks give 1 more than 90 %.',
    );
    expect(whence(answerOf([0, 99, 0, 0, 0, 0, 0, 0, 1], { entropy: 0.06 }))).toBe(
      '99 of 100 thinned networks give 1 more than 90 %.',
    );
  });

  it('says how much of the entropy is disagreement', () => {
    const ten = Array.from({ length: 10 }, () => 10);
    expect(whence(answerOf(ten, { entropy: 1, mutualInformation: 0.6 }))).toMatch(
      /^60 % of it is disagreement.*settle\.$/,
    );
    expect(whence(answerOf(ten, { entropy: 1, mutualInformation: 0.2 }))).toMatch(
      /^20 % of it.*by itself\.$/,
    );
  });
});
