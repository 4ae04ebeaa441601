/** @file Reads a model's file, with the tensors that it keeps in files beside it. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Model, readModel, ThinnetError } from 'thinnet';

/** Errors: what `readModel` finds wrong, with the file's name; a file that cannot be read. */
export async function readModelFile(path: string): Promise<Model> {
  const bytes = await readFile(path);
  try {
    return readModel(bytes, { external: (location) => readFileSync(join(dirname(path), location)) });
  } catch (error) {
    if (error instanceof ThinnetError) throw new ThinnetError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
