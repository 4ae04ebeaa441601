/** @file Mean and standard deviation of a training set's features, for a network's first layer. */
import { ThinnetError } from '../error.js';
import type { Dataset, FeatureArray } from './dataset.js';

/**
 * What turns features into numbers of mean 0 and variance 1: (x − mean) / std. One number each for images, a list with
 * an entry a feature for flat data. In the features' own units, such as bytes 0 to 255.
 */
export interface Standardization {
  readonly mean: number | readonly number[];
  /** Never 0: a constant feature has std 1, so it becomes 0 everywhere. */
  readonly std: number | readonly number[];
  /** Features that have one value in all examples; [0] for images that are all of one colour. */
  readonly constant: readonly number[];
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Exact sums from the counts of the 256 values. */
function byteMoments(bytes: Uint8Array): Moments {
  // Two tables, so that runs of one value don't wait for their own last count.
  const even = new Uint32Array(256);
  const odd = new Uint32Array(256);
  const pairs = bytes.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    even[bytes[i] as number]!++;
    odd[bytes[i + 1] as number]!++;
  }
  if (pairs < bytes.length) even[bytes[pairs] as number]!++;
  const counts = Array.from(even, (count, value) => count + (odd[value] as number));
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / bytes.length;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / bytes.length;
  return { mean, variance };
}

/** Mean, then mean squared distance from it, in float64. */
function floatMoments(values: Float32Array): Moments {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - mean) ** 2;
  return { mean, variance: squares / values.length };
}

/** The moments of each of `width` columns: two passes over the rows, in float64. */
function columnMoments(values: FeatureArray, width: number): Moments[] {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (let row = 0, i = 0; row < rows; row++)
    for (let c = 0; c < width; c++) mean[c]! += values[i++] as number;
  for (let c = 0; c < width; c++) mean[c]! /= rows;
  for (let row = 0, i = 0; row < rows; row++)
    for (let c = 0; c < width; c++) {
      const distance = (values[i++] as number) - (mean[c] as number);
      variance[c]! += distance * distance;
    }
  return Array.from(mean, (value, c) => ({ mean: value, variance: (variance[c] as number) / rows }));
}

/**
 * The standardisation of a training set; apply the same to its test set. Examples of rank 2 and more (images) share one
 * mean and std over all their elements; flat examples have one of each a feature.
 *
 * mean = Σ x / n, std = √(Σ (x − mean)² / n), in float64.
 *
 * Errors: no examples; features that aren't finite.
 */
export function standardization({ name, length, shape, features }: Dataset): Standardization {
  if (length < 1 || features.length === 0) throw new ThinnetError(`${name}: no examples to standardise by`);
  const pooled = shape.length >= 2;
  const moments = pooled
    ? [features instanceof Uint8Array ? byteMoments(features) : floatMoments(features)]
    : columnMoments(features, features.length / length);
  const bad = moments.findIndex(({ variance }) => !Number.isFinite(variance));
  if (bad >= 0)
    throw new ThinnetError(
      `${name}: ${pooled ? 'the images hold' : `feature ${bad} has`} NaN or infinite values; remove or fill them in`,
    );
  const mean = moments.map((moment) => moment.mean);
  const std = moments.map(({ variance }) => (variance === 0 ? 1 : Math.sqrt(variance)));
  const constant = moments.flatMap(({ variance }, c) => (variance === 0 ? [c] : []));
  return pooled ? { mean: mean[0] as number, std: std[0] as number, constant } : { mean, std, constant };
}
