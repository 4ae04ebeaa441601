import { describe, expect, test } from 'vitest';
import { checkDataset, checkSplit } from './check.js';
import type { Dataset } from './dataset.js';

const good: Dataset = {
  name: 'toy',
  length: 2,
  shape: [3],
  features: Float32Array.of(1, 2, 3, 4, 5, 6),
  labels: Int32Array.of(0, 1),
  classes: 2,
};
const targets: Dataset = { ...good, labels: Float32Array.of(0.5, 2, 1, 1), classes: 0 };

describe('checkDataset', () => {
  test('lets classes and targets that keep their promises pass', () => {
    expect(() => checkDataset(good)).not.toThrow();
    expect(() =>
      checkDataset({ ...good, features: new Uint8Array(6), classNames: ['a', 'b'] }),
    ).not.toThrow();
    expect(() => checkDataset(targets)).not.toThrow();
  });

  const broken: [string, Partial<Dataset>, string][] = [
    [
      'NaN',
      { features: Float32Array.of(1, 2, 3, 4, NaN, 6) },
      'toy: feature 1 of example 1 is NaN; remove the example or fill the value in',
    ],
    [
      'infinity',
      { features: Float32Array.of(1, 2, -Infinity, 4, 5, 6) },
      'toy: feature 2 of example 0 is -Infinity; remove',
    ],
    [
      'a label too large',
      { labels: Int32Array.of(0, 2) },
      'toy: label of example 1 is 2; with 2 classes it must be 0 to 1',
    ],
    ['a negative label', { labels: Int32Array.of(-1, 0) }, 'toy: label of example 0 is -1'],
    [
      'no example',
      { length: 0, features: new Float32Array(0), labels: new Int32Array(0) },
      'toy: length is 0; at least 1 example is needed',
    ],
    [
      'too few features',
      { features: new Float32Array(5) },
      'toy: 5 feature values; 2 examples of shape [3] have 6',
    ],
    ['too few labels', { labels: new Int32Array(1) }, 'toy: 2 examples but 1 labels'],
    ['one class', { classes: 1 }, 'toy: classes is 1; classification needs at least 2, regression has 0'],
    ['an axis of 0', { shape: [0] }, 'toy: shape of an example is [0]'],
    ['class names of another number', { classNames: ['a'] }, 'toy: 1 class names for 2 classes'],
    [
      'targets with classes',
      { labels: Float32Array.of(0, 1) },
      'toy: labels of 2 classes must be an Int32Array',
    ],
    ['class numbers without classes', { classes: 0 }, 'toy: regression targets must be a Float32Array'],
  ];
  test.each(broken)('%s is an error that says where', (_, change, message) => {
    expect(() => checkDataset({ ...good, ...change })).toThrow(message);
  });

  test('targets that are not finite or do not divide evenly are errors', () => {
    expect(() => checkDataset({ ...targets, labels: Float32Array.of(0, 1, 2, NaN) })).toThrow(
      'toy: target 1 of example 1 is NaN',
    );
    expect(() => checkDataset({ ...targets, labels: new Float32Array(3) })).toThrow(
      'toy: 3 targets for 2 examples',
    );
    expect(() => checkDataset({ ...targets, labels: new Float32Array(0) })).toThrow(
      'toy: 0 targets for 2 examples',
    );
  });
});

describe('checkSplit', () => {
  test('both sets must agree in shape, element type, classes and outputs', () => {
    const other = { ...good, name: 'toy test' };
    expect(() => checkSplit({ train: good, test: other })).not.toThrow();
    const wide = { ...other, shape: [1, 3] };
    expect(() => checkSplit({ train: good, test: wide })).toThrow(
      'toy test: examples of shape [1, 3], but toy has [3]; both sets must agree',
    );
    expect(() => checkSplit({ train: good, test: { ...other, classes: 3 } })).toThrow(
      'number of classes 3, but toy has 2',
    );
    expect(() => checkSplit({ train: good, test: { ...other, features: new Uint8Array(6) } })).toThrow(
      'features as Uint8Array, but toy has Float32Array',
    );
    expect(() => checkSplit({ train: targets, test: { ...targets, labels: Float32Array.of(1, 2) } })).toThrow(
      'outputs 1, but toy has 2',
    );
    expect(() => checkSplit({ train: good, test: { ...other, length: 0 } })).toThrow('toy test: length is 0');
  });
});
