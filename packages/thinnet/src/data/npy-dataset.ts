/** @file A dataset from a pair of NPY files. */
import { checkOptions, type KeysOf } from '../options/check.js';
import type { BuildOptions, Task } from './build.js';
import { buildKeys, classificationDataset, regressionDataset } from './build.js';
import type { Dataset } from './dataset.js';
import type { NpyArray } from './npy.js';

export interface NpyOptions extends BuildOptions {
  /** By default `regression` for labels of floats (f4, f8), else `classification`. */
  readonly task?: Task;
}

const keys: KeysOf<NpyOptions> = { ...buildKeys, task: true };

/**
 * A dataset from features [n, …] and labels as `readNpy` returns them: class numbers [n] or [n, 1], or targets [n] or
 * [n, outputs]. Bytes stay bytes; other features become float32.
 *
 * Errors: different counts; no examples; one-hot labels; a label that isn't a class number in range.
 */
export function datasetFromNpy(
  features: NpyArray,
  labels: NpyArray,
  name: string,
  options: NpyOptions = {},
): Dataset {
  checkOptions('datasetFromNpy', options, keys);
  const { task = labels.dtype.startsWith('f') ? 'regression' : 'classification', ...build } = options;
  return task === 'regression'
    ? regressionDataset(features, labels, name)
    : classificationDataset(features, labels, name, build);
}
