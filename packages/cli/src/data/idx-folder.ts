/** @file A folder with the four IDX files of MNIST and its many successors. */

import { join } from 'node:path';
import type { Dataset, Split } from 'thinnet';
import { datasetFromIdx, readIdx, ThinnetError } from 'thinnet';
import { readShared } from './file.js';

const parts = ['train-images', 'train-labels', 't10k-images', 't10k-labels'] as const;
type Part = (typeof parts)[number];

/** The names under which a part is published; the first that is there counts. */
const namesOf = (part: Part): string[] => {
  const kind = part.endsWith('images') ? 'idx3-ubyte' : 'idx1-ubyte';
  return [`${part}-${kind}`, `${part}.${kind}`].flatMap((name) => [name, `${name}.gz`]);
};

/** Whether one of a folder's files is one of the four. */
export const looksLikeIdx = (files: readonly string[]): boolean =>
  parts.some((part) => namesOf(part).some((name) => files.includes(name)));

/**
 * Reads train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain
 * or with .gz, with a hyphen or a dot before `idx`.
 *
 * @param files the names in the folder
 * @param name what to call the data; the sets become `<name> train` and `<name> test`
 *
 * Errors: missing files (all named); those of the reader.
 */
export async function loadIdxFolder(folder: string, files: readonly string[], name: string): Promise<Split> {
  const present = parts.map((part) => namesOf(part).find((candidate) => files.includes(candidate)));
  const missing = parts.filter((_, i) => present[i] === undefined).map((part) => namesOf(part)[0]);
  if (missing.length > 0)
    throw new ThinnetError(
      `${folder}: no ${missing.join(', no ')} (nor with .gz); put the four IDX files there`,
    );
  const set = async (images: number, kind: string, classes?: number): Promise<Dataset> => {
    const read = async (place: number) => {
      const path = join(folder, present[place] as string);
      return readIdx(await readShared(path), path);
    };
    // One after the other: two gzip files at once only fight over the cores.
    const features = await read(images);
    const labels = await read(images + 1);
    return datasetFromIdx(features, labels, `${name} ${kind}`, classes === undefined ? {} : { classes });
  };
  const train = await set(0, 'train');
  return { train, test: await set(2, 'test', train.classes) };
}
