/** @file The deck's samples: which files they are, and what is made of them. */
import { type Dataset, datasetFromIdx, gunzip, readIdx, type Split, sharedUint8 } from 'thinnet';
import type { SampleName } from './laboratory.js';

/**
 * 2,000 training and 2,000 test images, each class equally often: pixels 0 to 255, shape [1, 28, 28].
 *
 * @param read gives the bytes of a file of the deck's folder `data`, such as `mnist/train-images-idx3-ubyte.gz`
 */
export async function readSample(
  name: SampleName,
  read: (file: string) => Promise<Uint8Array>,
): Promise<Split> {
  const [train, test] = await Promise.all([readSet(name, 'train', read), readSet(name, 't10k', read)]);
  return { train, test };
}

async function readSet(
  name: SampleName,
  prefix: 'train' | 't10k',
  read: (file: string) => Promise<Uint8Array>,
): Promise<Dataset> {
  const array = async (kind: string) => {
    const file = `${name}/${prefix}-${kind}-ubyte.gz`;
    return readIdx(await gunzip(await read(file), file, sharedUint8), file);
  };
  const dataset = datasetFromIdx(await array('images-idx3'), await array('labels-idx1'), name);
  return { ...dataset, shape: [1, ...dataset.shape] };
}
