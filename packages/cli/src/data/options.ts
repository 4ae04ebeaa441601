/** @file What can be said about data besides where they are. */

import type { Task } from 'thinnet';

/** All are for CSV files; given with other data they are errors. */
export interface LoadOptions {
  /** The column to learn. */
  readonly label?: string;
  /** A CSV file of test examples; by default a fifth of the file's own. */
  readonly test?: string;
  /** By default `classification`. */
  readonly task?: Task;
  /** Columns to leave out. */
  readonly ignore?: readonly string[];
  /** Seed of the draw that sets the test examples apart, 0 by default. */
  readonly splitSeed?: number;
}
