/** @file Where the progress of a study is kept: one JSON file, replaced as a whole. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { ThinnetError } from 'thinnet';
import {
  mergeProgress,
  noStudyProgress,
  readStudyProgress,
  type StudyProgress,
  type StudyState,
  withState,
} from 'thinnet-deck';
import { makeFolder, writeAtomically } from '../../run-folder/atomic.js';
import { hasCode } from '../../run-folder/read.js';

/** In the user's data folder, as the XDG base directory specification has it: a relative XDG_DATA_HOME does not count. */
export function progressFile(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): string {
  const data = environment.XDG_DATA_HOME ?? '';
  return join(isAbsolute(data) ? data : join(home, '.local', 'share'), 'thinnet', 'study.json');
}

/** A file with progress. Errors: it is absent, cannot be read, or is none. */
export async function readProgressFile(path: string): Promise<StudyProgress> {
  const text = await readFile(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ThinnetError(`${path}: this is no progress of a study (it is not JSON)`);
  }
  return readStudyProgress(json, path);
}

export async function writeProgressFile(path: string, progress: StudyProgress): Promise<void> {
  await makeFolder(dirname(path));
  await writeAtomically(path, `${JSON.stringify(progress, undefined, 2)}\n`);
}

/** What is kept so far; nothing where there is no file. A damaged file is an error and stays as it is. */
export async function keptProgress(path: string): Promise<StudyProgress> {
  try {
    return await readProgressFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return noStudyProgress;
    throw error;
  }
}

/** Adds to what is kept and gives the whole: of each card the later review counts, also one made in another terminal meanwhile. */
export async function addProgress(path: string, progress: StudyProgress): Promise<StudyProgress> {
  const merged = mergeProgress(await keptProgress(path), progress);
  await writeProgressFile(path, merged);
  return merged;
}

/** Keeps a card's new state and gives the whole. It counts in any case: a clock may have been set back since the last review. */
export async function keepState(
  path: string,
  progress: StudyProgress,
  id: string,
  state: StudyState,
): Promise<StudyProgress> {
  const merged = withState(mergeProgress(await keptProgress(path), progress), id, state);
  await writeProgressFile(path, merged);
  return merged;
}
