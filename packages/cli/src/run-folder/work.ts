/** @file Whether a run folder holds anything that was computed. */
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

export const checkpointName = 'checkpoint.safetensors';
export const resultName = 'result.json';

const foldersIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

/** The folders of arms and seeds. */
async function pairFolders(run: string): Promise<readonly string[]> {
  const arms = await foldersIn(run);
  return (await Promise.all(arms.map(foldersIn))).flat();
}

/** Whether an arm and seed has a checkpoint or a result: whether there is something to go on with. */
export async function hasWork(run: string): Promise<boolean> {
  const files = await Promise.all((await pairFolders(run)).map((folder) => readdir(folder).catch(() => [])));
  return files.flat().some((name) => name === checkpointName || name === resultName);
}

/** Removes the folders of arms and seeds that have nothing in them. */
export async function removeEmptyFolders(run: string): Promise<void> {
  for (const folder of [...(await pairFolders(run)), ...(await foldersIn(run))])
    await rmdir(folder).catch(() => undefined);
}
