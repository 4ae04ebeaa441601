/** @file How alike elements of a feature map are, by their distance. */
import { type Maps, startOf } from './maps.js';

/**
 * The spatial autocorrelation of each channel at a lag: Pearson's correlation of x[n, c, i, j] and x[n, c, i, j + lag], and of
 * x[n, c, i, j] and x[n, c, i + lag, j], over all examples n and all places (i, j) where both exist. 1 where
 * neighbours are equal, 0 where they know nothing of each other.
 *
 * @param lag 0 up to the map's longer side − 1
 * @returns one number a channel; NaN for a channel that does not vary
 */
export function autocorrelation(maps: Maps, lag: number): number[] {
  return Array.from({ length: maps.channels }, (_, channel) => correlationOf(maps, channel, lag));
}

/** The mean of `autocorrelation` over the channels that vary, for each lag 0, 1, … up to `lags`. */
export const autocorrelations = (maps: Maps, lags: number): number[] =>
  Array.from({ length: lags + 1 }, (_, lag) => {
    const varying = autocorrelation(maps, lag).filter((r) => !Number.isNaN(r));
    return varying.reduce((sum, r) => sum + r, 0) / varying.length;
  });

function correlationOf(maps: Maps, channel: number, lag: number): number {
  const { examples, height, width, values } = maps;
  const sums = { count: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
  const add = (a: number, b: number) => {
    const [x, y] = [values[a] as number, values[b] as number];
    sums.count++;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.yy += y * y;
    sums.xy += x * y;
  };
  for (let example = 0; example < examples; example++) {
    const start = startOf(maps, example, channel);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const at = start + row * width + column;
        if (column + lag < width) add(at, at + lag);
        if (row + lag < height) add(at, at + lag * width);
      }
  }
  const { count, x, y, xx, yy, xy } = sums;
  const covariance = xy / count - (x / count) * (y / count);
  const variances = (xx / count - (x / count) ** 2) * (yy / count - (y / count) ** 2);
  // What rounding leaves of a constant's variance is no variance.
  const negligible = 1e-20 * (xx / count) * (yy / count);
  return variances > negligible ? covariance / Math.sqrt(variances) : Number.NaN;
}
