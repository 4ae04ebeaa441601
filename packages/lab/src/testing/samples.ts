/** @file The lab's samples in Node: the same files that the page fetches. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Dataset, datasetFromIdx, gunzip, readIdx, type Split } from 'thinnet';

const require = createRequire(import.meta.url);

const read = async (file: string) =>
  readIdx(await gunzip(readFileSync(require.resolve(`thinnet-deck/data/${file}.gz`))), file);

const set = async (part: 'train' | 't10k'): Promise<Dataset> => {
  const [images, labels] = [
    await read(`mnist/${part}-images-idx3-ubyte`),
    await read(`mnist/${part}-labels-idx1-ubyte`),
  ];
  return datasetFromIdx(images, labels, 'MNIST', { classes: 10 });
};

export const mnistSample = async (): Promise<Split> => ({
  train: await set('train'),
  test: await set('t10k'),
});
