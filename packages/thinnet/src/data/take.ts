/** @file Some of a dataset's examples, in a given order. */
import type { Dataset, Labelled } from './dataset.js';
import { allocateLike } from './shared.js';

/** Copies rows of `width` elements: row i of the result is row `indices[i]` of `rows`. */
export function takeRows<T extends Uint8Array | Int32Array | Float32Array>(
  rows: T,
  width: number,
  indices: ArrayLike<number>,
): T {
  const taken = allocateLike(rows, indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * width;
    taken.set(rows.subarray(from, from + width), i * width);
  }
  return taken;
}

/** The examples `indices` of a dataset, in that order, as a new dataset; everything else stays. */
export function takeExamples(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  const { features, labels, length } = dataset;
  return {
    ...dataset,
    length: indices.length,
    features: takeRows(features, features.length / length, indices),
    labels: takeRows(labels, labels.length / length, indices),
  };
}

/** The numbers of each class's examples, ascending; regression data are one class. */
export function examplesByClass({
  length,
  labels,
  classes,
}: Pick<Labelled, 'length' | 'labels' | 'classes'>): number[][] {
  const groups: number[][] = Array.from({ length: Math.max(classes, 1) }, () => []);
  for (let i = 0; i < length; i++) groups[classes === 0 ? 0 : (labels[i] as number)]?.push(i);
  return groups;
}

/** What class `c` is called in an error: `class 3 "dress"`. */
export const showClass = ({ classNames }: Pick<Labelled, 'classNames'>, c: number): string =>
  `class ${c}${classNames?.[c] === undefined ? '' : ` "${classNames[c]}"`}`;
