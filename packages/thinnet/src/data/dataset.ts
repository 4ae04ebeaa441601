/** @file Examples in memory, as typed arrays. */

/** Feature elements as the file has them; a network's first layer standardises them. */
export type FeatureArray = Uint8Array | Float32Array;

/**
 * A set of examples. Backed by SharedArrayBuffer where the environment has it, so that a worker reads them without a copy.
 * Classification: `labels` holds class numbers (Int32Array) and `classes` their count.
 * Regression: `labels` holds the targets (Float32Array, [n, outputs]) and `classes` is 0.
 */
export interface Dataset {
  readonly name: string;
  /** Number of examples. */
  readonly length: number;
  /** Shape of one example, such as [28, 28] or [13]. */
  readonly shape: readonly number[];
  /** [length, ...shape], row-major. */
  readonly features: FeatureArray;
  readonly labels: Int32Array | Float32Array;
  readonly classes: number;
  /** What the classes are called, where known. */
  readonly classNames?: readonly string[];
}

/** What examples of any kind have besides their features. */
export type Labelled = Pick<Dataset, 'name' | 'length' | 'labels' | 'classes' | 'classNames'>;

/** A training set and the test set that judges it. */
export interface Split {
  readonly train: Dataset;
  readonly test: Dataset;
}
