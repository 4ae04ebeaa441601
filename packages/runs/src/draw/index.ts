/** @file Line charts drawn in a page by uPlot. */
export { createPlot, type Plot } from './plot.js';
