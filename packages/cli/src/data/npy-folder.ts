/** @file A folder with the four arrays that Keras and NumPy users save. */

import { join } from 'node:path';
import type { Dataset, Split } from 'thinnet';
import { datasetFromNpy, readNpy, ThinnetError } from 'thinnet';
import { readShared } from './file.js';

const names = ['x_train.npy', 'y_train.npy', 'x_test.npy', 'y_test.npy'] as const;

/** Whether one of a folder's files is one of the four. */
export const looksLikeNpy = (files: readonly string[]): boolean => names.some((name) => files.includes(name));

/**
 * Reads x_train.npy, y_train.npy, x_test.npy and y_test.npy. Labels of integers are class numbers, of floats targets.
 *
 * Errors: missing files (all named); those of the reader.
 */
export async function loadNpyFolder(folder: string, files: readonly string[], name: string): Promise<Split> {
  const missing = names.filter((file) => !files.includes(file));
  if (missing.length > 0)
    throw new ThinnetError(`${folder}: no ${missing.join(', no ')}; save the four arrays there (numpy.save)`);
  const set = async (kind: 'train' | 'test', classes?: number): Promise<Dataset> => {
    const read = async (letter: string) => {
      const path = join(folder, `${letter}_${kind}.npy`);
      return readNpy(await readShared(path), path);
    };
    const features = await read('x');
    const labels = await read('y');
    return datasetFromNpy(features, labels, `${name} ${kind}`, classes === undefined ? {} : { classes });
  };
  const train = await set('train');
  return { train, test: await set('test', train.classes === 0 ? undefined : train.classes) };
}
