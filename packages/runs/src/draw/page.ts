/**
 * @file All that a page which is a single file draws the charts of a run with: dist/draw/inline.js is this, as one script that
 * takes the global `uPlot` and sets the global `thinnetRuns`.
 */
export { readings } from '../charts/line-chart.js';
export { lineChartOf } from '../charts/run-charts.js';
export { createPlot } from './plot.js';
