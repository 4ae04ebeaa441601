/** @file What an experiment saw, as plain data that a page draws: lines, bars, a grid of numbers, or rows of a table. */

/** One curve; `low` and `high` bound a band around it. All arrays are as long as `x`. */
export interface Line {
  readonly name: string;
  readonly y: readonly (number | null)[];
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** Rings instead of a curve: what was measured, above the curve that it is compared with. */
  readonly isMarked?: boolean;
}

interface Titled {
  /** One line that says what is seen. */
  readonly title: string;
}

/** Curves over a common x. */
export interface LinePicture extends Titled {
  readonly type: 'lines';
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
}

/** Bars in groups, with error bars where `low` and `high` are given. */
export interface BarPicture extends Titled {
  readonly type: 'bars';
  readonly yLabel: string;
  /** Names of the groups along the axis. */
  readonly groups: readonly string[];
  readonly bars: readonly {
    readonly name: string;
    /** One number a group. */
    readonly values: readonly number[];
    readonly low?: readonly number[];
    readonly high?: readonly number[];
  }[];
}

/** Numbers as shades: a mask, a feature map, a matrix of correlations. */
export interface GridPicture extends Titled {
  readonly type: 'grid';
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: readonly number[];
  readonly rowLabels?: readonly string[];
  readonly columnLabels?: readonly string[];
  /** Whether the numbers are written into their squares: for small grids. */
  readonly written?: boolean;
}

/** A worked example. */
export interface TablePicture extends Titled {
  readonly type: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export type Picture = LinePicture | BarPicture | GridPicture | TablePicture;
