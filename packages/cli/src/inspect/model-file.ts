/** @file Reads a model's file, with the tensors that it keeps in files beside it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Model, readModel, ThinnetError } from 'thinnet';
import { naming, readWhole } from '../run-folder/read.js';

/** Errors: what `readModel` finds wrong, with the file's name; a file that cannot be read. */
export async function readModelFile(path: string): Promise<Model> {
  const bytes = await readWhole(path);
  try {
    return readModel(bytes, { external: (location) => readBeside(path, location) });
  } catch (error) {
    if (error instanceof ThinnetError) throw new ThinnetError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

function readBeside(model: string, location: string): Uint8Array {
  const path = join(dirname(model), location);
  try {
    return readFileSync(path);
  } catch (error) {
    throw naming(path, error);
  }
}
