/** @file Learning rates at the steps that define each schedule. */
import { describe, expect, it } from 'vitest';
import { constant, cosine, learningRate, stepDecay, warmUp } from './schedule.js';

describe('learning-rate schedules', () => {
  it('constant stays', () => {
    expect([0, 1, 1e6].map((step) => learningRate(constant(0.1), step))).toEqual([0.1, 0.1, 0.1]);
  });

  it('step decay multiplies after every so many steps', () => {
    expect([0, 9, 10, 19, 20].map((step) => learningRate(stepDecay(1, 10, 0.5), step))).toEqual([
      1, 1, 0.5, 0.5, 0.25,
    ]);
  });

  it('cosine begins at lr, is half way between at half time, ends at the floor and stays', () => {
    const schedule = cosine(1, 100, 0.2);
    expect(learningRate(schedule, 0)).toBe(1);
    expect(learningRate(schedule, 50)).toBeCloseTo(0.6, 12);
    expect(learningRate(schedule, 100)).toBeCloseTo(0.2, 12);
    expect(learningRate(schedule, 1000)).toBeCloseTo(0.2, 12);
  });

  it('warm-up climbs linearly to the first rate of what follows, which then starts from its beginning', () => {
    const schedule = warmUp(4, stepDecay(0.8, 2, 0.5));
    expect([0, 1, 2, 3, 4, 5, 6].map((step) => learningRate(schedule, step))).toEqual([
      0.2, 0.4, 0.6000000000000001, 0.8, 0.8, 0.8, 0.4,
    ]);
  });

  it.each([
    [() => constant(0), 'schedule: lr is 0; it must be a positive number'],
    [() => constant(Number.NaN), 'lr is NaN'],
    [() => stepDecay(0.1, 2.5), 'every is 2.5; it must be a whole number of steps'],
    [() => cosine(0.1, 0), 'steps is 0'],
    [() => cosine(0.1, 10, -1), 'floor is -1'],
    [() => warmUp(-1, constant(0.1)), 'steps is -1'],
  ])('refuses what makes no sense (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});
