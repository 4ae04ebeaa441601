/** @file Finding and reading data. */
export { loadData } from './load.js';
export type { LoadOptions } from './options.js';
