/** @file The samples that come with the lab: 2,000 training and 2,000 test images of MNIST and of Fashion-MNIST. */

import { type Dataset, datasetFromIdx, gunzip, isGzip, readIdx, type Split, ThinnetError } from 'thinnet';
import fashionTestImages from 'thinnet-deck/data/fashion-mnist/t10k-images-idx3-ubyte.gz?url';
import fashionTestLabels from 'thinnet-deck/data/fashion-mnist/t10k-labels-idx1-ubyte.gz?url';
import fashionImages from 'thinnet-deck/data/fashion-mnist/train-images-idx3-ubyte.gz?url';
import fashionLabels from 'thinnet-deck/data/fashion-mnist/train-labels-idx1-ubyte.gz?url';
import mnistTestImages from 'thinnet-deck/data/mnist/t10k-images-idx3-ubyte.gz?url';
import mnistTestLabels from 'thinnet-deck/data/mnist/t10k-labels-idx1-ubyte.gz?url';
import mnistImages from 'thinnet-deck/data/mnist/train-images-idx3-ubyte.gz?url';
import mnistLabels from 'thinnet-deck/data/mnist/train-labels-idx1-ubyte.gz?url';

export type SampleName = 'mnist' | 'fashion';

interface Files {
  readonly name: string;
  readonly train: readonly [images: string, labels: string];
  readonly test: readonly [images: string, labels: string];
  readonly classNames?: readonly string[];
}

const samples: Readonly<Record<SampleName, Files>> = {
  mnist: {
    name: 'MNIST',
    train: [mnistImages, mnistLabels],
    test: [mnistTestImages, mnistTestLabels],
  },
  fashion: {
    name: 'Fashion-MNIST',
    train: [fashionImages, fashionLabels],
    test: [fashionTestImages, fashionTestLabels],
    classNames: [
      ...['T-shirt', 'trouser', 'pullover', 'dress', 'coat'],
      ...['sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ],
  },
};

/** Images of shape [28, 28], bytes 0 to 255; ten classes. Errors: a file that cannot be fetched. */
export async function loadSample(sample: SampleName, signal?: AbortSignal): Promise<Split> {
  const { name, train, test, classNames } = samples[sample];
  const [trainSet, testSet] = await Promise.all([train, test].map((files) => loadSet(name, files, signal)));
  const named = (set: Dataset | undefined): Dataset => ({
    ...(set as Dataset),
    ...(classNames ? { classNames } : {}),
  });
  return { train: named(trainSet), test: named(testSet) };
}

async function loadSet(
  name: string,
  files: Files['train'],
  signal: AbortSignal | undefined,
): Promise<Dataset> {
  const [images, labels] = await Promise.all(files.map((url) => loadIdx(url, signal)));
  if (images === undefined || labels === undefined) throw new Error('a set is a pair of files');
  return datasetFromIdx(images, labels, name, { classes: 10 });
}

async function loadIdx(url: string, signal: AbortSignal | undefined) {
  const response = await fetch(url, signal ? { signal } : {}).catch((error) => {
    if (signal?.aborted) throw error;
    throw new ThinnetError(`${url} cannot be fetched: is the connection there?`, { cause: error });
  });
  if (!response.ok) throw new ThinnetError(`${url} cannot be fetched: the server says ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Some servers unpack what ends in .gz on the way.
  return readIdx(isGzip(bytes) ? await gunzip(bytes, url) : bytes, url);
}
