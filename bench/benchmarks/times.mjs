/** @file The figures of what takes a time. */

/** @typedef {import('../benchmarks.mjs').Figure} Figure */

/** @type {readonly Figure[]} */
export const times = [
  { key: 'medianMs', title: 'median, ms', over: 'median' },
  { key: 'minMs', title: 'min, ms', over: 'min' },
  { key: 'maxMs', title: 'max, ms', over: 'max' },
];
