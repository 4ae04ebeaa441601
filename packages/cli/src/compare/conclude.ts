/** @file The end of a comparison: its summary and its report, kept in the folder and printed. */

import { join } from 'node:path';
import {
  type ArmResults,
  divergenceInWords,
  examplesOf,
  type RunConfig,
  reportName,
  type SummaryFile,
  sentences,
  speedNote,
  summarise,
  summaryName,
} from 'thinnet-runs';
import type { RunFolder } from '../run-folder/folder.js';

/** Writes both files; gives the text for standard output. */
export async function conclude(
  folder: RunFolder,
  config: RunConfig,
  arms: readonly ArmResults[],
  { json, columns }: { readonly json: boolean; readonly columns: number | undefined },
): Promise<string> {
  const [{ textTable }, { reportOf, reportAssets }] = await Promise.all([
    import('../summary/table.js'),
    import('../report/index.js'),
  ]);
  const summary = summarise(arms);
  const verdict = [...divergenceInWords(arms, config.data.classes), ...sentences(summary)];
  const examples = examplesOf(config.data);
  const kept: SummaryFile = {
    sentence: verdict.join(' '),
    ...summary,
    command: config.command,
    versions: config.versions,
    data: config.data,
  };
  const text = `${JSON.stringify(kept, undefined, 2)}\n`;
  await folder.write(summaryName, text);
  const report = join(folder.path, reportName);
  await folder.write(
    reportName,
    reportOf({ config, arms, summary, sentences: verdict, examples }, await reportAssets()),
  );
  const note = speedNote(summary, examples).map((line) => `\n${line}\n`);
  return json
    ? text
    : `\n${textTable(summary, examples, columns)}\n${note.join('')}\n${verdict.join('\n')}\n\nReport: ${report}\n`;
}
