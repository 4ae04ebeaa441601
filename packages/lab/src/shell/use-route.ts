/** @file The address bar as state. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { hrefOf, parseRoute, type Route } from './route.js';

/** Browsers tell of no change that a page makes to its address by itself. */
const listeners = new Set<() => void>();

/** The current route; the component renders again when it changes, by a link or by `replaceQuery`. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useLayoutEffect(() => {
    const update = () => {
      const now = parseRoute(location.hash);
      setRoute((before) => (isSame(before, now) ? before : now));
    };
    listeners.add(update);
    addEventListener('hashchange', update);
    // What was written before this was listening.
    update();
    return () => {
      listeners.delete(update);
      removeEventListener('hashchange', update);
    };
  }, []);
  return route;
}

const isSame = (a: Route, b: Route): boolean => a.page === b.page && a.path === b.path && a.query === b.query;

/** Writes a page's query into the address bar without a step in the history, unless another page is on its way. */
export function replaceQuery(page: string, query: string): void {
  if (parseRoute(location.hash).page !== page) return;
  history.replaceState(history.state, '', hrefOf(page, query));
  for (const listener of listeners) listener();
}
