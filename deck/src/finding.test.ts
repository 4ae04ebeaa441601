/** @file Verdicts come from the numbers. */
import { meanInterval, pairedComparison } from 'thinnet';
import { describe, expect, it } from 'vitest';
import type { Finding, Verdict } from './card.js';
import { all, atLeast, atMost, beside, compared, covers, near, none, tested } from './finding.js';
import { verdictOf } from './result.js';

const around = (center: number) => meanInterval([center - 0.1, center, center + 0.1], 0.95);

describe('a finding', () => {
  it.each<[Finding, Verdict]>([
    [tested('t', 'm', 'e', { p: 0.5, test: 'test' }), 'holds'],
    [tested('t', 'm', 'e', { p: 1e-4, test: 'test' }), 'holds'],
    [tested('t', 'm', 'e', { p: 0.99e-4, test: 'test' }), 'does not hold'],
    [tested('t', 'm', 'e', { p: Number.NaN, test: 'test' }), 'does not hold'],
    [tested('t', 'm', 'e', { p: 0.04, test: 'test', level: 0.05 }), 'does not hold'],
    [all('a', 7, 7, 'all'), 'holds'],
    [all('a', 6, 7, 'all'), 'does not hold'],
    [all('nothing looked at', 0, 0, 'all'), 'does not hold'],
    [none('n', 0), 'holds'],
    [none('n', 1), 'does not hold'],
    [near('n', 0.6667, 2 / 3, 1e-4), 'holds'],
    [near('n', 0.66, 2 / 3, 1e-4), 'does not hold'],
    [near('n', Number.NaN, 2 / 3, 1), 'does not hold'],
    [atMost('m', 1e-8, 1e-7), 'holds'],
    [atMost('m', 2e-7, 1e-7), 'does not hold'],
    [atMost('m', Number.NaN, 1e-7), 'does not hold'],
    [atLeast('l', 1, 0.99), 'holds'],
    [atLeast('l', 0.98, 0.99), 'does not hold'],
    [covers('c', around(1), 1.1), 'holds'],
    [covers('c', around(1), 2), 'does not hold'],
    [beside('b', around(1), 'above', 0), 'holds'],
    [beside('b', around(1), 'below', 0), 'does not hold'],
    [beside('b', around(1), 'above', 1.01), 'inconclusive'],
    [beside('one run', meanInterval([1]), 'above', 0), 'inconclusive'],
    [compared('c', pairedComparison([3, 4, 5], [1, 2.1, 2.9]), 'lower'), 'holds'],
    [compared('c', pairedComparison([3, 4, 5], [1, 2.1, 2.9]), 'higher'), 'does not hold'],
    [compared('c', pairedComparison([3, 4, 5], [1, 6, 5]), 'lower'), 'inconclusive'],
  ])('%o: %s', (finding, verdict) => {
    expect(finding.verdict).toBe(verdict);
  });

  it('says what was measured with its p value or interval, and what was expected with its level', () => {
    expect(
      tested('t', '0.2996 of 256,000', '0.3', { p: 0.447123, test: 'exact binomial test' }),
    ).toMatchObject({
      measured: '0.2996 of 256,000; p = 0.447',
      expected: '0.3; exact binomial test at 1e-4',
    });
    expect(tested('t', 'm', 'e', { p: 1e-20, test: 'test' }).measured).toBe('m; p < 1e-9');
    expect(beside('b', meanInterval([-1.1, -1, -0.9], 0.95), 'below', 0)).toMatchObject({
      measured: '−1, 95 % interval −1.248 to −0.7516',
      expected: 'an interval below 0',
    });
  });
});

describe('the verdict of several findings', () => {
  const finding = (verdict: Verdict): Finding => ({ name: '', measured: '', expected: '', verdict });
  it.each<[readonly Verdict[], Verdict]>([
    [['holds', 'holds'], 'holds'],
    [['holds', 'inconclusive'], 'inconclusive'],
    [['inconclusive', 'does not hold', 'holds'], 'does not hold'],
    [[], 'inconclusive'],
  ])('of %o is %s', (verdicts, verdict) => {
    expect(verdictOf(verdicts.map(finding))).toBe(verdict);
  });
});
