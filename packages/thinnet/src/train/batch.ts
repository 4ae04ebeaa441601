/** @file Gathers examples into the stacked tensors that a program reads. */
import type { Dataset } from '../data/dataset.js';

/** What predictions are made of. */
export type Examples = Pick<Dataset, 'features' | 'shape' | 'length'>;

/** Copies the features of the examples named into `out`, one after the other, as float32. */
export function gatherFeatures(
  { features, shape }: Pick<Dataset, 'features' | 'shape'>,
  examples: Uint32Array,
  out: Float32Array,
): void {
  const width = shape.reduce((a, b) => a * b, 1);
  for (const [i, example] of examples.entries()) {
    out.set(features.subarray(example * width, (example + 1) * width), i * width);
  }
}

/**
 * Copies the features of examples `from` up to `to` into `out`, as float32: of all examples, or, counted among them, of
 * those `chosen`. Returns what it filled.
 */
export function gatherRange(
  of: Pick<Dataset, 'features' | 'shape'>,
  chosen: Uint32Array | undefined,
  from: number,
  to: number,
  out: Float32Array,
): Float32Array {
  const width = of.shape.reduce((a, b) => a * b, 1);
  if (chosen) gatherFeatures(of, chosen.subarray(from, to), out);
  else out.set(of.features.subarray(from * width, to * width));
  return out.subarray(0, (to - from) * width);
}

/** Copies the labels or targets of the examples named into `out`, one after the other. */
export function gatherLabels(
  { labels, length }: Dataset,
  examples: Uint32Array,
  out: Int32Array | Float32Array,
): void {
  const width = labels.length / length;
  for (const [i, example] of examples.entries()) {
    out.set(labels.subarray(example * width, (example + 1) * width), i * width);
  }
}
