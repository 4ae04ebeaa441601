/** @file The deck's samples: which files they are, and what is made of them. The one reader of every host. */
import { type Dataset, datasetFromIdx, gunzip, isGzip, readIdx, type Split, sharedUint8 } from 'thinnet';
import type { SampleName } from './laboratory.js';

interface Sample {
  readonly title: string;
  readonly classNames: readonly string[];
}

const samples: Readonly<Record<SampleName, Sample>> = {
  mnist: { title: 'MNIST', classNames: Array.from('0123456789') },
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    classNames: [
      ...['T-shirt', 'trouser', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
  },
};

/** Gives the bytes of a file of the deck's folder `data`, compressed or not: some servers unpack it on the way. */
export type ReadSampleFile = (file: string) => Promise<Uint8Array>;

/**
 * 2,000 training and 2,000 test images, each of the ten classes equally often: pixels 0 to 255, shape [28, 28].
 * `withChannel` makes [1, 28, 28] of it, for convolutions.
 *
 * @param read is asked for `mnist/train-images-idx3-ubyte.gz` and the like, four files in all
 *
 * Errors: those of `read`; bytes that are not the file's.
 */
export async function readSample(name: SampleName, read: ReadSampleFile): Promise<Split> {
  const [train, test] = await Promise.all([
    readSet(name, 'train', samples[name].title, read),
    readSet(name, 't10k', `${samples[name].title} test`, read),
  ]);
  return { train, test };
}

/** The same images with the axis of channels in front: shape [1, 28, 28]. */
export const withChannel = ({ train, test }: Split): Split => ({
  train: { ...train, shape: [1, ...train.shape] },
  test: { ...test, shape: [1, ...test.shape] },
});

async function readSet(
  name: SampleName,
  prefix: 'train' | 't10k',
  title: string,
  read: ReadSampleFile,
): Promise<Dataset> {
  const array = async (kind: string) => {
    const file = `${name}/${prefix}-${kind}-ubyte.gz`;
    const bytes = await read(file);
    return readIdx(isGzip(bytes) ? await gunzip(bytes, file, sharedUint8) : bytes, file);
  };
  const [images, labels] = await Promise.all([array('images-idx3'), array('labels-idx1')]);
  const { classNames } = samples[name];
  return datasetFromIdx(images, labels, title, { classes: classNames.length, classNames });
}
