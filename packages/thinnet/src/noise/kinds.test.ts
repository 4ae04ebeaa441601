/** @file Every kind: its values, its expectation, and that both agree. */
import { describe, expect, it } from 'vitest';
import { referenceKernels } from './bernoulli.js';
import { expectations, fillNoise, kinds, ruleOf } from './kinds.js';
import type { NoiseKind, NoiseSite } from './site.js';

const siteOf = (kind: NoiseKind, rate: number): NoiseSite => ({
  id: 2,
  name: 'drop',
  kind,
  rate,
  input: 'noise.drop',
  shape: ['N', 8],
});

const draw = (site: NoiseSite, length: number, offset?: number): Float32Array => {
  const out = new Float32Array(length);
  fillNoise(site, { seed: 11, step: 4 }, out, offset);
  return out;
};

describe.each(Object.keys(kinds) as NoiseKind[])('kind %s', (kind) => {
  it.each([0.1, 0.5, 0.8])('has its expectation as mean, within 5 standard errors, at rate %f', (rate) => {
    const site = siteOf(kind, rate);
    const noise = draw(site, 2 ** 16);
    const mean = noise.reduce((sum, x) => sum + x, 0) / noise.length;
    const variance = noise.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noise.length;
    expect(Math.abs(mean - ruleOf(site).expectation(site))).toBeLessThan(
      5 * Math.sqrt(variance / noise.length),
    );
  });

  it('is all ones at rate 0 and all zeros at rate 1, as is its expectation', () => {
    for (const [rate, value] of [
      [0, 1],
      [1, 0],
    ] as const) {
      expect(Array.from(draw(siteOf(kind, rate), 20))).toEqual(Array(20).fill(value));
      expect(kinds[kind].expectation(siteOf(kind, rate))).toBe(value);
    }
  });

  it('draws any part as the same part of the whole', () => {
    expect(draw(siteOf(kind, 0.4), 30, 13)).toEqual(draw(siteOf(kind, 0.4), 43).slice(13));
  });
});

describe('kinds', () => {
  it('inverted dropout is 0 or 1 / keep, standard dropout 0 or 1, from the same mask', () => {
    const [inverted, standard] = [draw(siteOf('dropout', 0.2), 200), draw(siteOf('standard', 0.2), 200)];
    expect(new Set(inverted)).toEqual(new Set([0, 1.25]));
    expect(new Set(standard)).toEqual(new Set([0, 1]));
    expect(inverted.map((x) => x * 0.8)).toEqual(standard);
  });

  it('tables the expectations by the name of the noise input', () => {
    expect(expectations([siteOf('standard', 0.25)])).toEqual(new Map([['noise.drop', 0.75]]));
  });

  it('draws through the kernels it is given', () => {
    const calls: number[] = [];
    const kernels = {
      name: 'counted',
      fillBernoulli: (...[out, at]: Parameters<typeof referenceKernels.fillBernoulli>) => {
        calls.push(out.length);
        referenceKernels.fillBernoulli(out, at);
      },
    };
    const out = new Float32Array(9);
    fillNoise(siteOf('dropout', 0.5), { seed: 11, step: 4 }, out, 3, kernels);
    expect(calls).toEqual([9]);
    expect(out).toEqual(draw(siteOf('dropout', 0.5), 9, 3));
  });

  it('refuses an unknown kind by name', () => {
    const site = { ...siteOf('dropout', 0.5), kind: 'toString' as NoiseKind };
    expect(() => draw(site, 1)).toThrow(
      'noise site "drop": kind "toString" is unknown; known are dropout, standard',
    );
  });
});
