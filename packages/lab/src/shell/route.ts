/** @file Addresses within the lab, `#/page/path?query`: after the `#`, so that any static host serves every page. */

export interface Route {
  /** As written; the shell says so where there is no such page. */
  readonly page: string;
  /** What follows the page, such as `conv` in `#/deck/conv`; mostly empty. */
  readonly path: string;
  readonly query: string;
}

/** The page that an empty address opens. */
export const startPage = 'train';

/** Reads `#/train?data=mnist`; an address without a page is the start page's. */
export function parseRoute(hash: string): Route {
  const [address = '', ...query] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...path] = address.replace(/\/$/, '').split('/');
  return { page: page || startPage, path: path.join('/'), query: query.join('?') };
}

/** The address of a page: `#/train?data=mnist`, or of a place within it: `#/deck/conv`. */
export const hrefOf = (page: string, query = ''): string => `#/${page}${query === '' ? '' : `?${query}`}`;
