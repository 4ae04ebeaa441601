/** @file Every kind: its values, its expectation, and that both agree. */
import { describe, expect, it } from 'vitest';
import { binomialTest, normalTail } from '../testing/probability.js';
import { allKinds, siteOf } from '../testing/sites.js';
import { expectationOf, expectations, fillNoise, kinds, replacements } from './kinds.js';
import { referenceKernels } from './reference.js';
import { earlyRate, linearRate } from './schedule.js';
import type { NoiseKind, NoiseSite } from './site.js';

/** The chance that a perfect generator would fail one of these tests for another seed. */
const LEVEL = 1e-4;

const draw = (site: NoiseSite, length: number, at: { step?: number; offset?: number } = {}): Float32Array => {
  const out = new Float32Array(length);
  fillNoise(site, { seed: 11, step: at.step ?? 4 }, out, at.offset);
  return out;
};

const meanOf = (xs: Float32Array): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const varianceOf = (xs: Float32Array, mean: number): number =>
  xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length;

const multiplied = allKinds.filter((kind) => kinds[kind].expectation !== undefined);
const inverted = multiplied.filter(
  (kind) => kind !== 'standard' && kind !== 'gaussian' && kind !== 'dropblock',
);
const binary: readonly NoiseKind[] = [...inverted, 'standard', 'alpha', 'featureAlpha'];
const unit: readonly NoiseKind[] = ['concrete', 'standout'];

it('the examples are of all kinds, and every kind is of a group that is tested below', () => {
  expect(allKinds).toEqual(Object.keys(kinds));
  expect(new Set([...binary, ...unit, 'dropblock', 'gaussian', 'variationalGaussian'])).toEqual(
    new Set(allKinds),
  );
});

describe.each(allKinds)('kind %s', (kind) => {
  it('draws any part as the same part of the whole', () => {
    const whole = draw(siteOf(kind, 0.4), 500);
    for (const [offset, length] of [
      [0, 1],
      [13, 30],
      [84, 84],
      [83, 300],
      [499, 1],
    ] as const)
      expect(draw(siteOf(kind, 0.4), length, { offset })).toEqual(whole.slice(offset, offset + length));
  });

  it('draws other noise at another step, site and seed', () => {
    const noise = (site: NoiseSite, seed: number, step: number) => {
      const out = new Float32Array(500);
      fillNoise(site, { seed, step }, out);
      return out;
    };
    const base = noise(siteOf(kind, 0.4), 1, 1);
    expect(noise(siteOf(kind, 0.4), 1, 1)).toEqual(base);
    expect(noise(siteOf(kind, 0.4), 2, 1)).not.toEqual(base);
    expect(noise(siteOf(kind, 0.4), 1, 2)).not.toEqual(base);
    expect(noise(siteOf(kind, 0.4, { id: 3 }), 1, 1)).not.toEqual(base);
  });
});

// Elements of one dropblock mask depend on each other, so its masks are compared by their shares in dropblock.test.ts.
describe.each(allKinds.filter((kind) => kind !== 'dropblock'))('kind %s', (kind) => {
  it('draws noise without correlation between steps, sites and seeds', () => {
    const length = 2 ** 15;
    const noise = (seed: number, step: number, id: number) => {
      const out = new Float32Array(length);
      fillNoise(siteOf(kind, 0.3, { id }), { seed, step }, out);
      const mean = meanOf(out);
      const deviation = Math.sqrt(varianceOf(out, mean));
      return out.map((x) => (x - mean) / deviation);
    };
    const base = noise(1, 1, 1);
    for (const [seed, step, id] of [
      [2, 1, 1],
      [1, 2, 1],
      [1, 1, 2],
      [1, 257, 1],
      [1 + 2 ** 32, 1, 1],
    ] as const) {
      const other = noise(seed, step, id);
      const sum = base.reduce((total, x, i) => total + x * (other[i] as number), 0);
      expect(normalTail(sum / Math.sqrt(length)), `${seed} ${step} ${id}`).toBeGreaterThan(LEVEL);
    }
  });
});

describe.each(multiplied)('kind %s, whose noise is multiplied in,', (kind) => {
  it.each([0.1, 0.5, 0.8])('has its expectation as mean, within 5 standard errors, at rate %f', (rate) => {
    const site = siteOf(kind, rate);
    const noise = draw(site, 84 * 800);
    const mean = meanOf(noise);
    const error = Math.sqrt(varianceOf(noise, mean) / noise.length);
    expect(Math.abs(mean - (expectationOf(site) as number))).toBeLessThan(5 * error);
  });

  it('is all ones at rate 0, as is its expectation', () => {
    expect(draw(siteOf(kind, 0), 100)).toEqual(new Float32Array(100).fill(1));
    expect(expectationOf(siteOf(kind, 0))).toBe(1);
  });
});

describe.each(multiplied.filter((kind) => kind !== 'gaussian'))('kind %s', (kind) => {
  it('is all zeros at rate 1, as is its expectation', () => {
    expect(draw(siteOf(kind, 1), 100)).toEqual(new Float32Array(100));
    expect(expectationOf(siteOf(kind, 1))).toBe(0);
  });
});

describe.each(inverted)('kind %s, inverted,', (kind) => {
  it('is 0 or 1 / keep and has expectation 1', () => {
    expect(new Set(draw(siteOf(kind, 0.2), 500))).toEqual(new Set([0, 1.25]));
    expect(expectationOf(siteOf(kind, 0.2))).toBe(1);
  });
});

describe.each(binary)('kind %s, of two values,', (kind) => {
  it.each([0.1, 0.5, 0.75])('drops at rate %f: exact binomial test', (rate) => {
    const noise = draw(siteOf(kind, rate), 2 ** 16);
    const dropped = noise.filter((x) => x === 0).length;
    expect(binomialTest(dropped, noise.length, rate)).toBeGreaterThan(LEVEL);
  });

  it('drops elements independently: no correlation at lags 1 to 32', () => {
    const [rate, length] = [0.3, 2 ** 16];
    const dropped = draw(siteOf(kind, rate), length).map((x) => (x === 0 ? 1 : 0) - rate);
    for (let lag = 1; lag <= 32; lag++) {
      let sum = 0;
      for (let i = lag; i < length; i++) sum += (dropped[i] as number) * (dropped[i - lag] as number);
      const z = sum / (rate * (1 - rate) * Math.sqrt(length - lag));
      expect(normalTail(z), `lag ${lag}`).toBeGreaterThan(LEVEL / 32);
    }
  });

  it('drops what a lower rate drops, too', () => {
    const [low, high] = [draw(siteOf(kind, 0.3), 500), draw(siteOf(kind, 0.6), 500)];
    expect(low.every((x, i) => x !== 0 || high[i] === 0)).toBe(true);
  });
});

describe.each(unit)('kind %s, of uniform numbers,', (kind) => {
  it('lies strictly between 0 and 1 with mean 1/2 and variance 1/12', () => {
    const noise = draw(siteOf(kind, 0.5), 2 ** 16);
    expect(noise.every((u) => u > 0 && u < 1)).toBe(true);
    // Standard errors of the mean and the variance of U(0, 1): its fourth central moment is 1/80.
    const n = noise.length;
    expect(normalTail((meanOf(noise) - 0.5) / Math.sqrt(1 / 12 / n))).toBeGreaterThan(LEVEL);
    const z = (varianceOf(noise, 0.5) - 1 / 12) / Math.sqrt((1 / 80 - 1 / 144) / n);
    expect(normalTail(z)).toBeGreaterThan(LEVEL);
  });
});

describe('Gaussian noise', () => {
  const moments = (noise: Float32Array, mean: number, variance: number) => {
    const n = noise.length;
    // The variance of the sample variance of normal numbers is 2σ⁴ / n.
    expect(normalTail((meanOf(noise) - mean) / Math.sqrt(variance / n))).toBeGreaterThan(LEVEL);
    expect(normalTail((varianceOf(noise, mean) - variance) / (variance * Math.sqrt(2 / n)))).toBeGreaterThan(
      LEVEL,
    );
  };

  it.each([0.05, 0.2, 0.5, 0.8])(
    'of kind gaussian has mean 1 and variance rate / (1 - rate) at rate %f',
    (rate) => {
      moments(draw(siteOf('gaussian', rate), 2 ** 16), 1, rate / (1 - rate));
    },
  );

  it('of kind variationalGaussian is standard normal at any rate', () => {
    moments(draw(siteOf('variationalGaussian', 0.3), 2 ** 16), 0, 1);
  });

  it('has no correlation at lags 1 to 32', () => {
    const noise = draw(siteOf('variationalGaussian', 0.3), 2 ** 16);
    for (let lag = 1; lag <= 32; lag++) {
      let sum = 0;
      for (let i = lag; i < noise.length; i++) sum += (noise[i] as number) * (noise[i - lag] as number);
      expect(normalTail(sum / Math.sqrt(noise.length - lag)), `lag ${lag}`).toBeGreaterThan(LEVEL / 32);
    }
  });
});

describe('kinds', () => {
  it('inverted and standard dropout have one mask', () => {
    const [scaled, standard] = [draw(siteOf('dropout', 0.2), 200), draw(siteOf('standard', 0.2), 200)];
    expect(scaled.map((x) => x * 0.8)).toEqual(standard);
  });

  it('table expectations by the noise input, and replacements by the value that is replaced', () => {
    const sites = [siteOf('standard', 0.25), siteOf('standout', 0.5)];
    expect(expectations(sites)).toEqual(new Map([['noise.drop', 0.75]]));
    expect(replacements(sites)).toEqual(new Map([['drop', 'x']]));
  });

  it('take the rate of the step, or of the schedule step where that is another', () => {
    const site = siteOf('dropout', linearRate(0, 0.5, 10));
    for (const [step, rate] of [
      [0, 0],
      [5, 0.25],
      [10, 0.5],
      [99, 0.5],
    ] as const)
      expect(draw(site, 200, { step })).toEqual(draw(siteOf('dropout', rate), 200, { step }));
    const passes = new Float32Array(200);
    fillNoise(site, { seed: 11, step: 3, scheduleStep: 1000 }, passes);
    expect(passes).toEqual(draw(siteOf('dropout', 0.5), 200, { step: 3 }));
  });

  it('drop nothing in the steps in which a schedule says 0', () => {
    const site = siteOf('dropblock', earlyRate(0.3, 5));
    expect(draw(site, 84, { step: 4 })).not.toEqual(new Float32Array(84).fill(1));
    expect(draw(site, 84, { step: 5 })).toEqual(new Float32Array(84).fill(1));
  });

  it('draw through the kernels they are given', () => {
    const calls: number[] = [];
    const kernels = {
      ...referenceKernels,
      fillBernoulli: (...[out, at]: Parameters<typeof referenceKernels.fillBernoulli>) => {
        calls.push(out.length);
        referenceKernels.fillBernoulli(out, at);
      },
    };
    const out = new Float32Array(9);
    fillNoise(siteOf('dropout', 0.5), { seed: 11, step: 4 }, out, 3, kernels);
    expect(calls).toEqual([9]);
    expect(out).toEqual(draw(siteOf('dropout', 0.5), 9, { offset: 3 }));
  });

  it('refuse an unknown kind by name', () => {
    const site = { ...siteOf('dropout', 0.5), kind: 'toString' } as unknown as NoiseSite;
    expect(() => draw(site, 1)).toThrow(
      'noise site "drop": kind "toString" is unknown; known are dropout, standard, spatial, dropblock',
    );
  });
});
