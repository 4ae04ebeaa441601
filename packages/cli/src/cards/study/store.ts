/** @file Where the progress of a study is kept: one JSON file, replaced as a whole. */
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
import { whileLocked } from '../../run-folder/lock.js';
import { hasCode, readWhole } from '../../run-folder/read.js';

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
  const text = (await readWhole(path)).toString('utf8');
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

/** Errors: the file cannot be written where it is. */
export async function refuseUnwritable(path: string): Promise<void> {
  await makeFolder(dirname(path));
  // Its lock is a file beside it, as is what replaces it.
  await whileLocked(path, () => Promise.resolve());
}

/** Adds to what is kept and gives the whole: of each card the later review counts, also one made in another terminal meanwhile. */
export const addProgress = (path: string, progress: StudyProgress): Promise<StudyProgress> =>
  change(path, (kept) => mergeProgress(kept, progress));

/** Keeps a card's new state and gives the whole. It counts in any case: a clock may have been set back since the last review. */
export const keepState = (
  path: string,
  progress: StudyProgress,
  id: string,
  state: StudyState,
): Promise<StudyProgress> => change(path, (kept) => withState(mergeProgress(kept, progress), id, state));

/** Reads, changes and writes back, with no other terminal in between. */
async function change(path: string, make: (kept: StudyProgress) => StudyProgress): Promise<StudyProgress> {
  await makeFolder(dirname(path));
  return whileLocked(path, async () => {
    const changed = make(await keptProgress(path));
    await writeProgressFile(path, changed);
    return changed;
  });
}
