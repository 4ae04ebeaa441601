/** @file A picture of each type, small enough to know every number. */
import type { BarPicture, GridPicture, LinePicture, TablePicture } from '../picture.js';

const lines: LinePicture = {
  type: 'lines',
  title: 'Accuracy as units are removed',
  xLabel: 'share removed',
  yLabel: 'accuracy',
  x: [0, 0.5, 0.9],
  lines: [
    { name: 'none', y: [0.9, 0.6, 0.2], low: [0.88, 0.5, 0.1], high: [0.92, 0.7, 0.3] },
    { name: 'dropout 0.5', y: [0.95, null, 0.7] },
  ],
};

const bars: BarPicture = {
  type: 'bars',
  title: 'Two kinds compared',
  yLabel: 'error %',
  groups: ['none', 'spatial dropout'],
  bars: [
    { name: 'test error', values: [12, 9], low: [11, 8.5], high: [13, 9.5] },
    { name: 'gap', values: [0.4, -0.1] },
  ],
};

const grid: GridPicture = {
  type: 'grid',
  title: 'Correlations',
  rows: 2,
  columns: 2,
  values: [1, -0.5, 0, Number.NaN],
  rowLabels: ['a', 'b'],
  columnLabels: ['a', 'b'],
  written: true,
};

const table: TablePicture = {
  type: 'table',
  title: 'An example.',
  columns: ['step', 'value', 'meaning'],
  rows: [
    ['mask', 0, 'drawn'],
    ['product', 1.5, '1 × 1.5'],
  ],
};

export const examplePictures = { lines, bars, grid, table };
