/** @file The address bar as state. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { hrefOf, parseRoute, type Route } from './route.js';

/** The current route; the component renders again when it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useLayoutEffect(() => {
    const update = () => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', update);
    return () => removeEventListener('hashchange', update);
  }, []);
  return route;
}

/** Opens a page, as a link would. */
export const navigate = (page: string, query = ''): void => {
  location.hash = hrefOf(page, query);
};

/** Writes a page's query into the address bar without a step in the history; the page itself knows already. */
export const replaceQuery = (page: string, query: string): void =>
  history.replaceState(history.state, '', hrefOf(page, query));
