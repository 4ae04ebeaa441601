/** @file Whether a dataset is what it says it is. */
import { ThinnetError } from '../error.js';
import type { Dataset, Split } from './dataset.js';

const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);
const finite = (value: number): boolean => value - value === 0;

/** Finds the first element that isn't finite; −1 if none. */
function firstNonFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!finite(values[i] as number)) return i;
  return -1;
}

function checkClasses({ name, labels, classes, length, classNames }: Dataset): void {
  if (!(labels instanceof Int32Array))
    throw new ThinnetError(
      `${name}: labels of ${classes} classes must be an Int32Array (for regression set classes to 0)`,
    );
  if (labels.length !== length)
    throw new ThinnetError(`${name}: ${length} examples but ${labels.length} labels`);
  if (classNames !== undefined && classNames.length !== classes)
    throw new ThinnetError(`${name}: ${classNames.length} class names for ${classes} classes`);
  for (let i = 0; i < length; i++) {
    const label = labels[i] as number;
    if (label < 0 || label >= classes)
      throw new ThinnetError(
        `${name}: label of example ${i} is ${label}; with ${classes} classes it must be 0 to ${classes - 1}`,
      );
  }
}

function checkTargets({ name, labels, length }: Dataset): void {
  if (!(labels instanceof Float32Array))
    throw new ThinnetError(
      `${name}: regression targets must be a Float32Array (for classification set classes)`,
    );
  const outputs = labels.length / length;
  if (!Number.isInteger(outputs) || outputs === 0)
    throw new ThinnetError(
      `${name}: ${labels.length} targets for ${length} examples; expected a multiple, [examples, outputs]`,
    );
  const bad = firstNonFinite(labels);
  if (bad >= 0) {
    const place = `target ${bad % outputs} of example ${Math.floor(bad / outputs)}`;
    throw new ThinnetError(`${name}: ${place} is ${labels[bad]}; remove the example or fill the value in`);
  }
}

/**
 * Checks everything a dataset promises.
 *
 * Errors: no examples; arrays whose lengths contradict `length` and `shape`; a feature or target that is NaN or
 * infinite (which example, which feature); a label outside 0 to classes − 1 (which example, which label).
 */
export function checkDataset(dataset: Dataset): void {
  const { name, length, shape, features, classes } = dataset;
  if (!Number.isInteger(length) || length < 1)
    throw new ThinnetError(`${name}: length is ${length}; at least 1 example is needed`);
  if (!shape.every((axis) => Number.isInteger(axis) && axis >= 1))
    throw new ThinnetError(
      `${name}: shape of an example is [${shape.join(', ')}]; each axis must be an integer from 1 up`,
    );
  const width = product(shape);
  if (features.length !== length * width) {
    const expected = `${length} examples of shape [${shape.join(', ')}] have ${length * width}`;
    throw new ThinnetError(`${name}: ${features.length} feature values; ${expected}`);
  }
  if (!Number.isInteger(classes) || classes < 0 || classes === 1)
    throw new ThinnetError(
      `${name}: classes is ${classes}; classification needs at least 2, regression has 0`,
    );
  const bad = features instanceof Float32Array ? firstNonFinite(features) : -1;
  if (bad >= 0) {
    const place = `feature ${bad % width} of example ${Math.floor(bad / width)}`;
    throw new ThinnetError(`${name}: ${place} is ${features[bad]}; remove the example or fill the value in`);
  }
  if (classes === 0) checkTargets(dataset);
  else checkClasses(dataset);
}

/**
 * Checks both sets of a split and that they fit together.
 *
 * Errors: those of `checkDataset`; training and test sets of different shapes, element types, classes or outputs.
 */
export function checkSplit({ train, test }: Split): void {
  checkDataset(train);
  checkDataset(test);
  const differ = (what: string, a: unknown, b: unknown): void => {
    if (String(a) !== String(b))
      throw new ThinnetError(
        `${test.name}: ${what} ${show(b)}, but ${train.name} has ${show(a)}; both sets must agree`,
      );
  };
  differ('examples of shape', train.shape, test.shape);
  differ('features as', train.features.constructor.name, test.features.constructor.name);
  differ('number of classes', train.classes, test.classes);
  differ('outputs', train.labels.length / train.length, test.labels.length / test.length);
  differ('class names', train.classNames, test.classNames);
}

const show = (value: unknown): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));
