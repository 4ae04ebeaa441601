/** @file A folder of IDX files with a few small images, in the layout of MNIST. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from './fake-trainer.js';

/** Bytes in IDX: two zeros, the type of unsigned bytes, the number of axes, their lengths, the elements. */
function idx(dims: readonly number[], elements: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.writeUInt16BE(0x08_00 + dims.length, 2);
  for (const [i, length] of dims.entries()) header.writeUInt32BE(length, 4 + 4 * i);
  return Buffer.concat([header, elements]);
}

/** Writes 60 training and 30 test images of 16 × 16 into the folder: noise, with a bright bar at one of three places. */
export function writeImages(folder: string): void {
  for (const [part, n] of [
    ['train', 60],
    ['t10k', 30],
  ] as const) {
    const pixels = Uint8Array.from({ length: n * 256 }, (_, i) => {
      const [image, row] = [Math.floor(i / 256), Math.floor((i % 256) / 16)];
      return (Math.floor(row / 5) === image % 3 ? 120 : 0) + 130 * hash(n, i);
    });
    writeFileSync(join(folder, `${part}-images-idx3-ubyte`), idx([n, 16, 16], pixels));
    writeFileSync(
      join(folder, `${part}-labels-idx1-ubyte`),
      idx(
        [n],
        Uint8Array.from({ length: n }, (_, i) => i % 3),
      ),
    );
  }
}
