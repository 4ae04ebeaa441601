/** @file A dataset from a pair of IDX files. */
import { checkOptions } from '../options/check.js';
import type { BuildOptions } from './build.js';
import { buildKeys, classificationDataset } from './build.js';
import type { Dataset } from './dataset.js';
import type { IdxArray } from './idx.js';

/**
 * A dataset from images [n, …] and labels [n] as `readIdx` returns them. Bytes stay bytes, in the
 * file's own memory if that is shared; other elements become float32.
 *
 * @param options.classes the number of classes, else the largest label + 1; for a test set give the training set's
 *
 * Errors: different counts; no examples; a label that isn't an integer from 0 to classes − 1.
 */
export function datasetFromIdx(
  images: IdxArray,
  labels: IdxArray,
  name: string,
  options: BuildOptions = {},
): Dataset {
  checkOptions('datasetFromIdx', options, buildKeys);
  return classificationDataset(images, labels, name, options);
}
