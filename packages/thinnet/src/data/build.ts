/** @file From arrays out of files to a dataset: counts, element types and labels checked. */
import { ThinnetError } from '../error.js';
import type { KeysOf } from '../options/check.js';
import type { Dataset, FeatureArray } from './dataset.js';
import { sharedFloat32, sharedInt32, toShared } from './shared.js';

/** More classes than this is taken for a mistake, such as targets or row numbers in the place of class numbers. */
export const MAX_CLASSES = 65_536;

/** What a dataset is for: classes to tell apart, or numbers to predict. */
export type Task = 'classification' | 'regression';

/** Any array of numbers that a reader returns. */
export type NumberArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** An array with its shape. */
export interface ShapedArray {
  readonly shape: readonly number[];
  readonly data: NumberArray;
}

export interface BuildOptions {
  /** Number of classes; by default the largest label + 1. Give the training set's for its test set. */
  readonly classes?: number;
  /** What the classes are called, in their order. */
  readonly classNames?: readonly string[];
}

export const buildKeys: KeysOf<BuildOptions> = { classes: true, classNames: true };

const showArray = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** The number of examples of features and labels: the length of both first axes. */
export function exampleCount(features: ShapedArray, labels: ShapedArray, name: string): number {
  const [count] = features.shape;
  const [labelCount] = labels.shape;
  if (count === undefined || labelCount === undefined)
    throw new ThinnetError(
      `${name}: features and labels need a first axis that counts the examples; found a single number`,
    );
  if (count !== labelCount)
    throw new ThinnetError(
      `${name}: ${count} examples but ${labelCount} labels; the two files don't belong together`,
    );
  if (count === 0) throw new ThinnetError(`${name}: no examples; at least 1 is needed`);
  if (features.data.length === 0)
    throw new ThinnetError(
      `${name}: features ${showArray(features.shape)} are empty; an example needs at least 1 number`,
    );
  return count;
}

/** Numbers as float32. Errors: a finite number that float32 can't hold. */
export function toFloat32(data: NumberArray, name: string, width: number): Float32Array {
  if (data instanceof Float32Array) return toShared(data);
  const floats = sharedFloat32(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    floats[i] = value;
    if (Number.isFinite(value) && !Number.isFinite(floats[i])) {
      const place = `example ${Math.floor(i / width)}, number ${i % width}`;
      throw new ThinnetError(`${name}: ${place} is ${value}, beyond float32; scale the data`);
    }
  }
  return floats;
}

/** Features as a network takes them: bytes stay bytes, everything else becomes float32. */
export const toFeatures = (features: ShapedArray, name: string): FeatureArray =>
  features.data instanceof Uint8Array
    ? toShared(features.data)
    : toFloat32(features.data, name, features.data.length / (features.shape[0] as number));

/** Class numbers as int32, with the number of classes. Errors: a label that isn't a class number in range. */
export function toClasses(
  data: NumberArray,
  name: string,
  { classes, classNames }: BuildOptions,
): { labels: Int32Array; classes: number } {
  const given = classes ?? classNames?.length;
  if (given !== undefined && !(Number.isInteger(given) && given >= 1 && given <= MAX_CLASSES))
    throw new ThinnetError(`${name}: classes is ${given}; it must be an integer from 1 to ${MAX_CLASSES}`);
  const limit = given ?? MAX_CLASSES;
  const labels = sharedInt32(data.length);
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const label = Number(data[i]);
    if (!Number.isInteger(label) || label < 0 || label >= limit)
      throw new ThinnetError(
        `${name}: label of example ${i} is ${label}; class numbers are integers from 0 to ${limit - 1}`,
      );
    labels[i] = label;
    if (label > largest) largest = label;
  }
  return { labels, classes: given ?? largest + 1 };
}

/** A dataset of classes from features [n, …] and class numbers [n]. */
export function classificationDataset(
  features: ShapedArray,
  labels: ShapedArray,
  name: string,
  options: BuildOptions,
): Dataset {
  const length = exampleCount(features, labels, name);
  if (labels.data.length !== length) {
    const found = `labels have shape ${showArray(labels.shape)}`;
    throw new ThinnetError(
      `${name}: ${found}; expected one class number an example, [${length}] (of one-hot labels take the argmax)`,
    );
  }
  const shape = features.shape.length === 1 ? [1] : features.shape.slice(1);
  const { classNames } = options;
  const built = toClasses(labels.data, name, options);
  if (classNames !== undefined && classNames.length !== built.classes)
    throw new ThinnetError(`${name}: ${classNames.length} class names for ${built.classes} classes`);
  return {
    name,
    length,
    shape,
    features: toFeatures(features, name),
    ...built,
    ...(classNames && { classNames }),
  };
}

/** A dataset of targets from features [n, …] and targets [n] or [n, outputs]. */
export function regressionDataset(features: ShapedArray, targets: ShapedArray, name: string): Dataset {
  const length = exampleCount(features, targets, name);
  if (targets.data.length === 0)
    throw new ThinnetError(`${name}: targets ${showArray(targets.shape)} are empty`);
  const shape = features.shape.length === 1 ? [1] : features.shape.slice(1);
  const labels = toFloat32(targets.data, `${name} targets`, targets.data.length / length);
  return { name, length, shape, features: toFeatures(features, name), labels, classes: 0 };
}
