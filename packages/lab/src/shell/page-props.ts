/** @file What every page is given. */

export interface PageProps {
  /** What follows the `?` in the address, such as `data=mnist&seed=1`. */
  readonly query: string;
  /** What follows the page in the address, such as `conv` in `#/deck/conv`. */
  readonly path: string;
}
