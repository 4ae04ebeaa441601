/** @file Rates over steps: their formulas, their ends, and what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential } from './exponential.js';
import {
  checkRateOrSchedule,
  curriculumRate,
  earlyRate,
  highestRate,
  lateRate,
  linearDepthRates,
  linearRate,
  type RateSchedule,
  rateAt,
} from './schedule.js';

const rate = fc.double({ min: 0, max: 1, noNaN: true });
const steps = fc.integer({ min: 1, max: 10_000 });
const anySchedule: fc.Arbitrary<RateSchedule> = fc.oneof(
  fc.tuple(rate, rate, steps).map((at) => linearRate(...at)),
  fc.tuple(rate, steps).map((at) => earlyRate(...at)),
  fc.tuple(rate, steps).map((at) => lateRate(...at)),
  fc.tuple(rate, steps).map((at) => curriculumRate(...at)),
);

describe('a rate', () => {
  it('that is a number is the same at all steps', () => {
    expect([0, 1, 1e6].map((step) => rateAt(0.3, step))).toEqual([0.3, 0.3, 0.3]);
  });

  it('follows its schedule', () => {
    const at = (schedule: RateSchedule, ...when: number[]) => when.map((step) => rateAt(schedule, step));
    expect(at(linearRate(0.5, 0, 4), 0, 1, 2, 3, 4, 5)).toEqual([0.5, 0.375, 0.25, 0.125, 0, 0]);
    expect(at(earlyRate(0.4, 3), 0, 2, 3, 100)).toEqual([0.4, 0.4, 0, 0]);
    expect(at(lateRate(0.4, 3), 0, 2, 3, 100)).toEqual([0, 0, 0.4, 0.4]);
    expect(at(curriculumRate(0.5, 1000), 0)).toEqual([0]);
  });

  it('of a curriculum is that of Morerio et al.: keep = (1 - K)·exp(-γt) + K, γ = 10 / T', () => {
    const [keep, T] = [0.6, 500];
    const schedule = curriculumRate(1 - keep, T);
    for (const t of [1, 10, 77, 250, 500, 5000])
      expect(1 - rateAt(schedule, t)).toBeCloseTo((1 - keep) * Math.exp((-10 * t) / T) + keep, 12);
    expect(Math.abs(rateAt(schedule, T) - 0.4)).toBeLessThan(5e-5);
  });

  it('stays within [0, highest] at every step, is plain data, and reaches its end', () => {
    fc.assert(
      fc.property(anySchedule, fc.nat(20_000), (schedule, step) => {
        const now = rateAt(structuredClone(schedule), step);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(highestRate(schedule));
        if (schedule.kind === 'linear') expect(rateAt(schedule, schedule.steps)).toBe(schedule.to);
      }),
    );
  });

  it.each<[() => unknown, string]>([
    [
      () => linearRate(0, 1.5, 10),
      'rate schedule: to of its linear rate: rate is 1.5; it is the probability',
    ],
    [
      () => earlyRate(0.5, 0),
      'rate schedule: until of its early rate is 0; it must be a whole number of steps',
    ],
    [
      () => lateRate(0.5, 2.5),
      'rate schedule: from of its late rate is 2.5; it must be a whole number of steps',
    ],
    [() => curriculumRate(-0.5, 10), 'did you mean 0.5?'],
    [
      () => checkRateOrSchedule({ kind: 'sometimes' } as unknown as RateSchedule, 'dropout "a"'),
      'dropout "a": its rate is a schedule of unknown kind "sometimes"; known are linear, early, late, curriculum',
    ],
    [
      () => checkRateOrSchedule(null as unknown as number, 'dropout "a"'),
      'dropout "a": rate is null, not a number',
    ],
  ])('is refused: %s', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('linearDepthRates', () => {
  it('grows from last / L to last: Huang et al., equation 4 with L = 4, keep of the last 1/2', () => {
    expect(linearDepthRates(4, 0.5)).toEqual([0.125, 0.25, 0.375, 0.5]);
    expect(linearDepthRates(1, 0.2)).toEqual([0.2]);
  });

  it('refuses no blocks and wrong rates', () => {
    expect(() => linearDepthRates(0, 0.5)).toThrow(
      'linearDepthRates: blocks is 0; it must be a whole number',
    );
    expect(() => linearDepthRates(3, 50)).toThrow('linearDepthRates: rate is 50');
  });
});

describe('exponential', () => {
  it('meets Math.exp to a relative 5e-12 below 0', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 0, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(5e-12);
      }),
    );
    expect(exponential(0)).toBe(1);
    expect(exponential(-1000)).toBe(0);
  });
});
