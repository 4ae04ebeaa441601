/** @file What can be said about data besides where they are. */

import type { Split } from 'thinnet';

/** All are for CSV files; given with other data they are errors. */
export interface LoadOptions {
  /** The column to learn. */
  readonly label?: string;
  /** A CSV file of test examples; by default a fifth of the file's own. */
  readonly test?: string;
  /** Columns to leave out. */
  readonly ignore?: readonly string[];
  /** The column of texts: its words are the data. */
  readonly text?: string;
  /** How many words are known. */
  readonly words?: number;
  /** How many words of a text are read; as the library thinks best unless given. */
  readonly length?: number;
}

/** Both sets, and what is to be said of how they were read, a line each. */
export interface LoadedData extends Split {
  readonly remarks?: readonly string[];
}
