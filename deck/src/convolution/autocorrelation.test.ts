import { fillNormal } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { autocorrelation, autocorrelations } from './autocorrelation.js';
import { type Maps, mapsOf } from './maps.js';

const shape = { channels: 2, height: 9, width: 7 };
const examples = 60;
const area = shape.height * shape.width;

function noise(height = shape.height, width = shape.width): Maps {
  const values = new Float32Array(examples * shape.channels * height * width);
  fillNormal(values, 3, 0, 5, 2);
  return mapsOf(values, { channels: shape.channels, height, width });
}

const filled = (value: (example: number, channel: number, row: number, column: number) => number): Maps =>
  mapsOf(
    Float32Array.from({ length: examples * shape.channels * area }, (_, at) =>
      value(
        Math.floor(at / (shape.channels * area)),
        Math.floor(at / area) % shape.channels,
        Math.floor((at % area) / shape.width),
        at % shape.width,
      ),
    ),
    shape,
  );

describe('the spatial autocorrelation', () => {
  it('is 1 at lag 0 and 0 beyond for white noise, within 4 standard errors of 1/√pairs', () => {
    const found = autocorrelations(noise(), 3);
    expect(found[0]).toBeCloseTo(1, 12);
    for (const [i, r] of found.slice(1).entries()) {
      const lag = i + 1;
      const pairs = examples * (shape.height * (shape.width - lag) + (shape.height - lag) * shape.width);
      expect(Math.abs(r)).toBeLessThan(4 / Math.sqrt(pairs));
    }
  });

  it('is 1 at every lag for maps that are constant each, and differ', () => {
    for (const r of autocorrelations(
      filled((n, c) => n * n + c),
      6,
    ))
      expect(r).toBeCloseTo(1, 12);
  });

  it('is −1 and 1 in turn for a chessboard', () => {
    const found = autocorrelations(
      filled((_n, _c, i, j) => (i + j) % 2),
      4,
    );
    for (const [lag, r] of found.entries()) expect(r).toBeCloseTo(lag % 2 === 0 ? 1 : -1, 1);
    expect(found[1]).toBeCloseTo(-1, 12);
  });

  it('is 1/2 at lag 1 and 0 at lag 2 for white noise averaged over squares of 2 × 2', () => {
    const { values } = noise(shape.height + 1, shape.width + 1);
    const from = (n: number, c: number, i: number, j: number) =>
      values[((n * shape.channels + c) * (shape.height + 1) + i) * (shape.width + 1) + j] as number;
    const smooth = filled(
      (n, c, i, j) =>
        from(n, c, i, j) + from(n, c, i + 1, j) + from(n, c, i, j + 1) + from(n, c, i + 1, j + 1),
    );
    const [, first, second] = autocorrelations(smooth, 2);
    // Smoothed elements are worth fewer independent ones: a quarter of the pairs.
    const error = 1 / Math.sqrt((examples * area) / 4);
    expect(Math.abs((first as number) - 0.5)).toBeLessThan(4 * error);
    expect(Math.abs(second as number)).toBeLessThan(4 * error);
  });

  it('leaves channels that do not vary out of the mean', () => {
    const maps = filled((n, c) => (c === 0 ? 0.1 : n));
    expect(autocorrelation(maps, 1)[0]).toBeNaN();
    expect(autocorrelations(maps, 1)[1]).toBeCloseTo(1, 12);
  });

  it('does not change with scale and offset of the values', () => {
    const maps = noise();
    const other = { ...maps, values: maps.values.map((x) => 8 * x - 16) };
    for (const lag of [1, 2])
      for (const [channel, r] of autocorrelation(other, lag).entries())
        expect(r).toBeCloseTo(autocorrelation(maps, lag)[channel] as number, 5);
  });
});

describe('maps', () => {
  it('refuse numbers that do not fill them', () => {
    expect(() => mapsOf(new Float32Array(10), { channels: 2, height: 2, width: 2 })).toThrow(
      '10 numbers are no maps of [2, 2, 2]',
    );
  });
});
