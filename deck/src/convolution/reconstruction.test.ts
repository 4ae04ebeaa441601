/** @file Guesses from neighbours and partners: where they are known, and where they cannot be. */
import { fillNormal } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { shareOfNothing } from '../testing/share-of-nothing.js';
import { type Maps, mapsOf } from './maps.js';
import {
  explained,
  neighbourRows,
  partnerRows,
  partnersOf,
  predictors,
  type Units,
} from './reconstruction.js';

function normal(count: number, index: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 9, index, 0, 1);
  return values;
}

const shape = { channels: 2, height: 5, width: 6 };
const size = shape.channels * shape.height * shape.width;
const noiseMaps = (index: number): Maps => mapsOf(normal(200 * size, index), shape);

/** Planes a + b·row + c·column, different for each map. */
function planes(index: number): Maps {
  const slopes = normal(600 * shape.channels, index);
  const values = Float32Array.from({ length: 200 * size }, (_, at) => {
    const map = Math.floor(at / (shape.height * shape.width));
    const row = Math.floor((at % (shape.height * shape.width)) / shape.width);
    const [a, b, c] = slopes.subarray(3 * map, 3 * map + 3) as unknown as [number, number, number];
    return a + b * row + c * (at % shape.width);
  });
  return mapsOf(values, shape);
}

const ofNeighbours = (fit: Maps, test: Maps, fitNoise?: Maps, testNoise?: Maps) =>
  explained(
    shape.channels,
    (channel) => neighbourRows(fit, channel, fitNoise),
    (channel) => neighbourRows(test, channel, testNoise),
  );

describe('an activation from its 8 neighbours', () => {
  it('is known, but for what the ridge costs, where maps are planes', () => {
    expect(ofNeighbours(planes(1), planes(2))).toBeGreaterThan(0.999);
  });

  it('stays unknown where maps are white noise', () => {
    const n = 200 * (shape.height - 2) * (shape.width - 2);
    const { mean, error } = shareOfNothing(n, predictors);
    // Opposite neighbours see nearly the same pairs, which at most doubles the variance; R² is the mean over the channels.
    const share = ofNeighbours(noiseMaps(3), noiseMaps(4));
    expect(Math.abs(share - mean)).toBeLessThan(4 * error * Math.sqrt(2 / shape.channels));
  });

  it('has rows for inner elements alone, the neighbours row by row around each', () => {
    const maps = mapsOf(
      Float32Array.from({ length: size }, (_, at) => at),
      shape,
    );
    const rows = neighbourRows(maps, 1);
    expect(rows.targets).toHaveLength((shape.height - 2) * (shape.width - 2));
    // Channel 1 begins at 30; its first inner element is row 1, column 1.
    expect(rows.targets[0]).toBe(37);
    expect([...rows.predictors.subarray(0, 8)]).toEqual([30, 31, 32, 36, 38, 42, 43, 44]);
  });

  it('is looked for under noise only where it was dropped, from what the noise left', () => {
    const maps = mapsOf(
      Float32Array.from({ length: size }, (_, at) => at),
      shape,
    );
    const noise = { ...maps, values: maps.values.map((at) => (at === 37 || at === 31 ? 0 : 2)) };
    const rows = neighbourRows(maps, 1, noise);
    expect([...rows.targets]).toEqual([37]);
    expect([...rows.predictors]).toEqual([60, 0, 64, 72, 76, 84, 86, 88]);
    expect(neighbourRows(maps, 0, noise).targets).toHaveLength(0);
  });

  it('cannot be known at all where the whole map was dropped', () => {
    const noise = { ...noiseMaps(0), values: new Float32Array(200 * size) };
    // What is left to guess by is the other set's mean: R² = −(difference of the means)² / variance. The 200 maps are
    // independent, and a map's mean varies no more than an element: 4 standard errors of the difference are √(32/200) σ.
    const share = ofNeighbours(planes(1), planes(2), noise, noise);
    expect(share).toBeLessThanOrEqual(0);
    expect(share).toBeGreaterThan(-32 / 200);
  });
});

describe('a unit from its partners', () => {
  /** 12 units: 0 to 9 independent, 10 a copy of 3 with the other sign, 11 at rest. */
  function units(index: number): Units {
    const base = normal(500 * 10, index);
    const values = Float32Array.from({ length: 500 * 12 }, (_, at) => {
      const [example, unit] = [Math.floor(at / 12), at % 12];
      if (unit === 11) return 0.5;
      return unit === 10 ? -(base[example * 10 + 3] as number) : (base[example * 10 + unit] as number);
    });
    return { units: 12, values };
  }

  it('is known, but for what the ridge costs, where one of them is its copy, whatever the sign', () => {
    const [fit, test] = [units(1), units(2)];
    const partners = partnersOf(fit);
    expect(partners).toHaveLength(12);
    expect(partners[3]?.[0]).toBe(10);
    expect(partners[10]?.[0]).toBe(3);
    for (const [unit, others] of partners.entries()) {
      expect(others).toHaveLength(8);
      expect(others).not.toContain(unit);
    }
    const share = (unit: number) =>
      explained(
        1,
        () => partnerRows(fit, unit, partners[unit] as number[]),
        () => partnerRows(test, unit, partners[unit] as number[]),
      );
    expect(share(3)).toBeGreaterThan(0.999);
    // The 8 are the best of the 9 that are independent of it, so they seem to explain at most what 9 do.
    const { mean, error } = shareOfNothing(500, 9);
    expect(Math.abs(share(0))).toBeLessThan(-mean + 4 * error);
  });

  it('is looked for under noise only where it was dropped, from what the noise left', () => {
    const layer = { units: 9, values: Float32Array.from({ length: 18 }, (_, at) => at) };
    const noise = Float32Array.from({ length: 18 }, (_, at) => (at === 9 || at === 12 ? 0 : 2));
    const rows = partnerRows(layer, 0, [1, 2, 3, 4, 5, 6, 7, 8], noise);
    expect([...rows.targets]).toEqual([9]);
    expect([...rows.predictors]).toEqual([20, 22, 0, 26, 28, 30, 32, 34]);
  });
});
