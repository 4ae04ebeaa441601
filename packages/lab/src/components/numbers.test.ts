import { describe, expect, it } from 'vitest';
import { decimal, signed } from './numbers.js';

describe('numbers as they are printed', () => {
  it('have a true minus sign, none where only zeros are left, and no zeros behind nothing', () => {
    expect([-0.061, -0.0001, 0, 0.0001, 1.5].map((value) => decimal(value, 3))).toEqual([
      ...['−0.061', '0.000', '0', '0.000', '1.500'],
    ]);
  });

  it('say as differences which way they go, unless only zeros are left', () => {
    expect([-0.061, -0.0001, 0, 0.0001, 0.2].map((value) => signed(value, 3))).toEqual([
      ...['−0.061', '0.000', '0.000', '0.000', '+0.200'],
    ]);
    expect(signed(7.06e21, 3)).toBe('+7.06e+21');
  });
});
