/** @file The deck's samples out of the page's files: 2,000 training and 2,000 test images of MNIST and of Fashion-MNIST. */

import { type Split, ThinnetError } from 'thinnet';
import { readSample, type SampleName } from 'thinnet-deck';
import fashionTestImages from 'thinnet-deck/data/fashion-mnist/t10k-images-idx3-ubyte.gz?url';
import fashionTestLabels from 'thinnet-deck/data/fashion-mnist/t10k-labels-idx1-ubyte.gz?url';
import fashionImages from 'thinnet-deck/data/fashion-mnist/train-images-idx3-ubyte.gz?url';
import fashionLabels from 'thinnet-deck/data/fashion-mnist/train-labels-idx1-ubyte.gz?url';
import mnistTestImages from 'thinnet-deck/data/mnist/t10k-images-idx3-ubyte.gz?url';
import mnistTestLabels from 'thinnet-deck/data/mnist/t10k-labels-idx1-ubyte.gz?url';
import mnistImages from 'thinnet-deck/data/mnist/train-images-idx3-ubyte.gz?url';
import mnistLabels from 'thinnet-deck/data/mnist/train-labels-idx1-ubyte.gz?url';
import { bytesOf, joined, type Part } from './share.js';

/** Where the page has the deck's files. */
const urls: Readonly<Record<string, string>> = {
  'mnist/train-images-idx3-ubyte.gz': mnistImages,
  'mnist/train-labels-idx1-ubyte.gz': mnistLabels,
  'mnist/t10k-images-idx3-ubyte.gz': mnistTestImages,
  'mnist/t10k-labels-idx1-ubyte.gz': mnistTestLabels,
  'fashion-mnist/train-images-idx3-ubyte.gz': fashionImages,
  'fashion-mnist/train-labels-idx1-ubyte.gz': fashionLabels,
  'fashion-mnist/t10k-images-idx3-ubyte.gz': fashionTestImages,
  'fashion-mnist/t10k-labels-idx1-ubyte.gz': fashionTestLabels,
};

/**
 * Images of shape [28, 28], bytes 0 to 255; ten classes. `onShare` hears how much has come, 0 to 1, where servers say how
 * much there is. Errors: a file that cannot be fetched.
 */
export function loadSample(
  name: SampleName,
  signal?: AbortSignal,
  onShare: (share: number) => void = () => undefined,
): Promise<Split> {
  const begin = joined(onShare);
  return readSample(name, (file) => fetched(file, signal, begin()));
}

async function fetched(file: string, signal: AbortSignal | undefined, part: Part): Promise<Uint8Array> {
  const url = urls[file];
  if (url === undefined) throw new Error(`the page has no file ${file}`);
  const response = await fetch(url, signal ? { signal } : {}).catch((error) => {
    if (signal?.aborted) throw error;
    throw new ThinnetError(`${url} cannot be fetched: is the connection there?`, { cause: error });
  });
  if (!response.ok) throw new ThinnetError(`${url} cannot be fetched: the server says ${response.status}`);
  return bytesOf(response, part);
}
