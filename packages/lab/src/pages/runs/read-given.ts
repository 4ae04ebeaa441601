/** @file Finds the runs among what a visitor gave. */
import { configName, reportName } from 'thinnet-runs';
import { messageOf } from '../../components/message.js';
import type { GivenFile } from './files.js';
import { readRunFolder } from './read-folder.js';
import { readReport } from './read-report.js';
import type { ShownRun } from './run.js';

export interface Found {
  readonly runs: readonly ShownRun[];
  /** What looked like a run and could not be read; one line each. */
  readonly problems: readonly string[];
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Every folder with a config.json is a run; a report alone is one too. Errors: nothing of either. */
export async function readGiven(files: readonly GivenFile[]): Promise<Found> {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  const folders = files.filter(({ path }) => nameOf(path) === configName).map(({ path }) => folderOf(path));
  // The report of a folder that is read anyway says nothing more.
  const reports = files.filter(({ path }) => /\.html?$/i.test(path) && !folders.includes(folderOf(path)));
  if (folders.length === 0 && reports.length === 0) throw new Error(nothingIn(files));
  const attempts = [
    ...folders.map((folder) => () => {
      const read = (name: string) => byPath.get(folder === '' ? name : `${folder}/${name}`)?.text() ?? none;
      return readRunFolder(folder === '' ? 'the files' : folder, read);
    }),
    ...reports.map(
      ({ path, file }) =>
        async () =>
          readReport(await file.text(), path),
    ),
  ];
  const runs: ShownRun[] = [];
  const problems: string[] = [];
  for (const attempt of attempts)
    try {
      runs.push(await attempt());
    } catch (error) {
      problems.push(messageOf(error));
    }
  return { runs, problems };
}

const none = Promise.resolve(undefined);

function nothingIn(files: readonly GivenFile[]): string {
  if (files.length === 0) return 'nothing was given: the folder is empty';
  const names = files.slice(0, 3).map(({ path }) => path);
  const more = files.length > names.length ? ` and ${files.length - names.length} more` : '';
  return `no ${configName} and no ${reportName} among ${names.join(', ')}${more}; give a folder that thinnet compare wrote`;
}
