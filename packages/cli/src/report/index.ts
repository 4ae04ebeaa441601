/** @file The report of a comparison. */
export { inlineScript, reportAssets, uPlotAssets } from './assets.js';
export type { Report, ReportAssets, UPlotAssets } from './page.js';
export { reportOf } from './page.js';
