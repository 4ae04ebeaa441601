/** @file The files of the deck's samples. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = () =>
  join(dirname(createRequire(import.meta.url).resolve('thinnet-deck/package.json')), 'data');

/** The bytes of a file of the deck's folder `data`. */
export const sampleFile = (file: string): Promise<Uint8Array> => readFile(join(folder(), file));
