/** @file The deck's samples of MNIST and Fashion-MNIST: the first 200 images of each class, bytes [28, 28]. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Dataset } from '../data/dataset.js';
import { gunzip } from '../data/gzip.js';
import { readIdx } from '../data/idx.js';
import { datasetFromIdx } from '../data/idx-dataset.js';

const folder = fileURLToPath(new URL('../../../../deck/data/', import.meta.url));

/** One of a data set's two samples, 2,000 images. */
export async function sample(name: 'mnist' | 'fashion-mnist', part: 'train' | 't10k'): Promise<Dataset> {
  const read = async (file: string) => {
    const path = `${folder}${name}/${part}-${file}.gz`;
    return readIdx(await gunzip(readFileSync(path), path));
  };
  return datasetFromIdx(await read('images-idx3-ubyte'), await read('labels-idx1-ubyte'), `${name} ${part}`);
}
