/** @file The report of a comparison. */
export { reportAssets } from './assets.js';
export type { Report, ReportAssets } from './page.js';
export { reportOf } from './page.js';
