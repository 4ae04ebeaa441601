/** @file What the lab takes from the command to show its runs: figures, charts and words. None of it needs Node. */
export type { RunConfig } from '../run-folder/config.js';
export type { MetricsLine } from '../run-folder/metrics.js';
export { type Column, columns, resultsNote } from '../summary/columns.js';
export { decimalsFor, fixed, plusMinus } from '../summary/format.js';
export { capital, inWords } from '../summary/sentence.js';
export type { ArmComparison, ArmSummary, Summary } from '../summary/summarise.js';
export { type Chart, chartsOf, noteOf } from './charts.js';
export type { ArmHistories } from './series.js';
export { settingsInWords } from './settings.js';
