/** @file The command. */

/** @typedef {import('../benchmarks.mjs').Benchmark} Benchmark */
/** @typedef {import('../benchmarks.mjs').Figure} Figure */

/** @type {readonly Figure[]} */
const run = [
  { key: 'peakMiB', title: 'peak memory, MiB', over: 'median' },
  { key: 'firstStepSeconds', title: 'to the first step, s', over: 'median' },
  { key: 'seconds', title: 'whole run, s', over: 'median' },
];

/** @type {readonly Benchmark[]} */
export const command = [
  {
    name: 'default-run',
    title: 'The default run of `thinnet compare`',
    about: 'What `npm start` does once everything is installed and built.',
    rounds: 1,
    figures: run,
    sides: [
      {
        name: 'Thinnet',
        command: ['node', 'bench/memory/measure.mjs', '--', 'node', 'packages/cli/bin/thinnet.js', 'compare'],
      },
    ],
  },
];
