/** @file The names of a run folder's files, beside which lie the folders of the arms. */

export const configName = 'config.json';
/** A line an epoch, of every arm and seed. */
export const metricsName = 'metrics.jsonl';
/** Once the run has ended. */
export const summaryName = 'summary.json';
export const reportName = 'report.html';
/** Of texts. */
export const vocabularyName = 'vocabulary.json';
