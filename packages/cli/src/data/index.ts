/** @file Finding and reading data. */
export { loadData } from './load.js';
export type { LoadedData, LoadOptions } from './options.js';
