/** @file The names of a run folder's own files, beside which lie the folders of the arms. */

export const configName = 'config.json';
export const metricsName = 'metrics.jsonl';
export const summaryName = 'summary.json';
export const reportName = 'report.html';
export const lockName = 'run.lock';

const names: readonly string[] = [configName, metricsName, summaryName, reportName, lockName];

/** Whether a name is that of a file of the run, or of one that is written on the way to it. */
export const isRunFile = (name: string): boolean =>
  names.some((own) => name === own || name.startsWith(`${own}.`));
