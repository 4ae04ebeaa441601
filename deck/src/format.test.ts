/** @file Numbers as people read them. */
import { expect, it } from 'vitest';
import { percent, pValue, show, whole } from './format.js';

it.each([
  [0, '0'],
  [0.29964, '0.2996'],
  [-0.0837, '−0.0837'],
  [1.05e-7, '1.05e-7'],
  [2.4e-13, '2.4e-13'],
  [12, '12'],
  [319.145, '319.1'],
  [4821.6, '4,822'],
  [256_000, '256,000'],
  [2.5e7, '2.5e7'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d is shown as %s', (x, shown) => {
  expect(show(x)).toBe(shown);
});

it('shows shares, counts and p values', () => {
  expect([percent(0.49034), percent(1 / 3, 2), whole(1_234_567), pValue(0.0447), pValue(0)]).toEqual([
    '49.03 %',
    '33 %',
    '1,234,567',
    'p = 0.0447',
    'p < 1e-9',
  ]);
});
