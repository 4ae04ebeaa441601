import { describe, expect, it } from 'vitest';
import { crossing, valueAt } from './crossing.js';

describe('when a loss comes down to a level', () => {
  it('is exact where it falls exponentially', () => {
    const losses = Array.from({ length: 10 }, (_, i) => Math.exp(-0.3 * (i + 1)));
    for (const epoch of [1.5, 2, 4.25, 9.9])
      expect(crossing(Math.exp(-0.3 * epoch), losses)).toBeCloseTo(epoch, 9);
  });

  it('is the first time, where the loss rises again', () => {
    expect(crossing(1, [4, 1, 3, 0.5])).toBe(2);
  });

  it('is the end of the first epoch where it was below from then on, and undefined where it never is', () => {
    expect(crossing(5, [4, 3])).toBe(1);
    expect(crossing(1, [4, 3])).toBeUndefined();
  });
});

describe('what was the case then', () => {
  it('lies between the epochs around it', () => {
    expect(valueAt(1, [10, 20, 40])).toBe(10);
    expect(valueAt(2.25, [10, 20, 40])).toBe(25);
    expect(valueAt(3, [10, 20, 40])).toBe(40);
  });
});
