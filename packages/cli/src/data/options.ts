/** @file What can be said about data besides where they are. */

/** All are for CSV files; given with other data they are errors. */
export interface LoadOptions {
  /** The column to learn. */
  readonly label?: string;
  /** A CSV file of test examples; by default a fifth of the file's own. */
  readonly test?: string;
  /** Columns to leave out. */
  readonly ignore?: readonly string[];
}
