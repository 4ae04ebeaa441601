/** @file Finding and reading data. */
export type { LoadOptions } from './load.js';
export { loadData } from './load.js';
export { namedData } from './named.js';
