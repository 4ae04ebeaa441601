/** @file Which names in a run folder are those of the run's own files, beside which lie the folders of the arms. */
import { configName, metricsName, reportName, summaryName, vocabularyName } from 'thinnet-runs';

export const lockName = 'run.lock';

const names: readonly string[] = [configName, metricsName, summaryName, reportName, vocabularyName, lockName];

/** Whether a name is that of a file of the run, or of one that is written on the way to it. */
export const isRunFile = (name: string): boolean =>
  names.some((own) => name === own || name.startsWith(`${own}.`));
