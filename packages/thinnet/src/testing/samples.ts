/** @file The deck's samples of MNIST and Fashion-MNIST for the library's tests, read as the deck reads them. */
import { sampleFile } from '../../../../deck/src/node/samples.js';
import { readSample } from '../../../../deck/src/samples.js';
import type { Dataset } from '../data/dataset.js';

/** One of a data set's two samples: 2,000 images, bytes [28, 28]. */
export async function sample(name: 'mnist' | 'fashion-mnist', part: 'train' | 't10k'): Promise<Dataset> {
  const { train, test } = await readSample(name, sampleFile);
  return part === 'train' ? train : test;
}
