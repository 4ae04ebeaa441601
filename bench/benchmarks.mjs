/** @file All benchmarks, by family; `run.mjs` runs them and writes RESULTS.md. */
import { command } from './benchmarks/command.mjs';
import { noise } from './benchmarks/noise.mjs';
import { pages } from './benchmarks/pages.mjs';
import { steps } from './benchmarks/steps.mjs';

/**
 * One contestant. Its command prints one line of JSON last: the figures of its benchmark, and `version`, `threads`.
 * @typedef {object} Side
 * @property {string} name
 * @property {readonly string[]} command run in the repository's folder
 * @property {readonly string[]} [unset] environment variables that it must not see
 */

/**
 * @typedef {object} Figure
 * @property {string} key of the JSON line
 * @property {string} title of the column
 * @property {'median' | 'min' | 'max'} over how the rounds are put together
 */

/**
 * @typedef {object} Benchmark
 * @property {string} name as given to `run.mjs`, and the key of its section in RESULTS.md
 * @property {string} title
 * @property {string} about what is measured, in a sentence or two of Markdown
 * @property {number} rounds how often each side runs, in turn with the others
 * @property {readonly Figure[]} figures the first one is compared with that of the first side
 * @property {readonly Side[]} sides
 * @property {false} [compared] where the sides are no contestants, so that their ratios say nothing
 */

/** @type {readonly Benchmark[]} */
export const benchmarks = [...steps, ...noise, ...pages, ...command];
