/** @file What a run of a comparison is, for whoever writes or reads one. */

export type { ArmHistories } from './charts/curves.js';
export {
  axisNote,
  type ChartData,
  type ChartLine,
  chartRows,
  lastValues,
  readings,
} from './charts/line-chart.js';
export { colourVariable, colourVariables } from './charts/palette.js';
export { chartsOf, lineChartOf, type RunChart } from './charts/run-charts.js';
export {
  type ArmConfig,
  configFormat,
  type DataDescription,
  examplesOf,
  type RunConfig,
  type Versions,
} from './config.js';
export { configName, metricsName, reportName, summaryName, vocabularyName } from './files.js';
export { count, fixed, percent, plusMinus, unbroken } from './format.js';
export { epochOf, type MetricsLine, metricsLine, parseMetricsLine } from './metrics.js';
export { modelLayers } from './models.js';
export { chartDataId, type ReportData, reportDataId } from './report-data.js';
export {
  type ArmResults,
  type Calibration,
  type CalibrationBin,
  overallSpeed,
  type PairResult,
} from './results.js';
export {
  type ActivationName,
  activationNames,
  type Given,
  type ModelName,
  modelNames,
  type OptimizerName,
  optimizerNames,
  type RateScheduleName,
  rateScheduleNames,
  type ScheduleName,
  type Settings,
  type SharedSettings,
  scheduleNames,
  type TrainingSettings,
} from './settings.js';
export { settingsInWords } from './settings-in-words.js';
export { type Column, columns, resultsNote, speedNote } from './summary/columns.js';
export { divergenceInWords } from './summary/diverged.js';
export type { SummaryFile } from './summary/file.js';
export { exclusionOf, pointsOf } from './summary/points.js';
export { sentences, titleOf } from './summary/sentence.js';
export type { Difference, Interval } from './summary/statistics.js';
export {
  type ArmComparison,
  type ArmSummary,
  type Summary,
  summarise,
} from './summary/summarise.js';
