import { describe, expect, it } from 'vitest';
import { fixed } from '../format.js';
import { arm, five, seeds } from '../testing/arms.js';
import { columns } from './columns.js';
import { divergenceInWords } from './diverged.js';
import { summarise } from './summarise.js';

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
    const cells = columns('images').map(({ cell }) => cell(summarise([arm('none', [lost])]).arms[0]!));
    expect(cells).toEqual(expect.arrayContaining(['7.00e+21', '−2.00e+22']));
  });
});
