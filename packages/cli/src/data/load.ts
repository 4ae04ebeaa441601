/** @file From what the user calls the data to a training and a test set. */

import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Split } from 'thinnet';
import { checkSplit, ThinnetError } from 'thinnet';
import { UsageError } from '../usage-error.js';
import { isCsvName, loadCsv } from './csv-file.js';
import { fileError } from './file.js';
import { loadIdxFolder, looksLikeIdx } from './idx-folder.js';
import { loadNamed, namedData } from './named.js';
import { dataNames, isDataName } from './names.js';
import { loadNpyFolder, looksLikeNpy } from './npy-folder.js';
import type { LoadedData, LoadOptions } from './options.js';

function refuseCsvOptions(spec: string, options: LoadOptions): void {
  const [given] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined)
    throw new UsageError(
      `--data ${spec}: --${given} is for CSV files only; leave it out, or name such a file by --data`,
    );
}

async function loadFolder(spec: string): Promise<Split> {
  const files = await readdir(spec);
  const name = basename(resolve(spec));
  if (looksLikeIdx(files)) return loadIdxFolder(spec, files, name);
  if (looksLikeNpy(files)) return loadNpyFolder(spec, files, name);
  const csv = files.find(isCsvName);
  const hint = csv === undefined ? '' : `; for one CSV file give ${join(spec, csv)}`;
  throw new ThinnetError(
    `${spec}: no data found in this folder; expected train-images-idx3-ubyte … (IDX) or x_train.npy … (NPY)${hint}`,
  );
}

const otherFiles: readonly (readonly [RegExp, string])[] = [
  [/\.npz$/i, 'NPZ archives are not read; unpack it and give the folder with x_train.npy, y_train.npy, …'],
  [/\.npy$/i, 'give the folder with x_train.npy, y_train.npy, x_test.npy and y_test.npy'],
  [/idx[13]-ubyte(\.gz)?$/i, 'give the folder with the four IDX files'],
];

async function loadPath(spec: string, options: LoadOptions): Promise<LoadedData> {
  const found = await stat(spec).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw fileError(spec, error);
    throw new UsageError(
      `--data ${spec}: no such file or folder; give ${dataNames.join(', ')}, a folder of IDX or NPY files, or a CSV file`,
    );
  });
  if (isCsvName(spec)) return loadCsv(spec, options);
  const [, remedy] = otherFiles.find(([pattern]) => pattern.test(spec)) ?? [];
  // Whatever its name is.
  if (!found.isDirectory() && remedy === undefined) return loadCsv(spec, options);
  refuseCsvOptions(spec, options);
  if (found.isDirectory())
    return loadFolder(spec).catch((error: unknown) => Promise.reject(fileError(spec, error)));
  throw new UsageError(`--data ${spec}: ${remedy}`);
}

/**
 * Loads data.
 *
 * @param spec `mnist`, `fashion` (the same as `fashion-mnist`), the path of a folder of IDX or NPY files, or of a
 *   CSV file; a folder that is itself called `mnist` is `./mnist`
 *
 * Both sets are checked (`checkSplit`) and named `<name> train` and `<name> test`, those of two CSV files after the files.
 *
 * A file of any other name than those of IDX and NPY files is read as CSV.
 *
 * Errors, each one line that names the path and what to do: nothing there, not readable, not in a known format,
 * corrupt; options that the data have no use for; sets that don't fit together.
 */
export async function loadData(spec: string, options: LoadOptions = {}): Promise<LoadedData> {
  const named = isDataName(spec) ? namedData[spec] : undefined;
  if (named !== undefined) refuseCsvOptions(spec, options);
  const split: LoadedData = named === undefined ? await loadPath(spec, options) : await loadNamed(named);
  checkSplit(split);
  return split;
}
