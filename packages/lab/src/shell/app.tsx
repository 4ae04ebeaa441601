/** @file The shell: navigation, and the page that the address names. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ErrorBoundary } from '../components/error-boundary.js';
import { Notice } from '../components/notice.js';
import { Header } from './header.js';
import type { PageProps } from './page-props.js';
import { type PageId, pageIds, pages, takesPaths } from './pages.js';
import { hrefOf, startPage } from './route.js';
import { Unexpected } from './unexpected.js';
import { useLazy } from './use-lazy.js';
import { useRoute } from './use-route.js';

export function App() {
  const { page, path, query } = useRoute();
  const place = path === '' ? page : `${page}/${path}`;
  const id = pageIds.find((known) => known === page && (path === '' || takesPaths(known)));
  const main = useRef<HTMLElement>(null);
  const opened = useRef(place);
  useLayoutEffect(() => {
    document.title = `${id === undefined ? 'No such page' : pages[id].title} · Thinnet lab`;
  }, [id]);
  useLayoutEffect(() => {
    if (opened.current === place) return;
    // A link within the page moves the reader to its beginning, keyboard and screen reader included.
    opened.current = place;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [place]);
  return (
    <>
      <Header current={id} here={hrefOf(place, query)} onSkip={(event) => skip(event, main.current)} />
      <main id="main" tabIndex={-1} ref={main} data-page={page}>
        <Unexpected />
        {id === undefined ? (
          <>
            <h1>There is no such page</h1>
            <Notice kind="error">
              The lab has no page “{place}”. <a href={hrefOf(startPage)}>Go to the first one.</a>
            </Notice>
          </>
        ) : (
          <ErrorBoundary key={id}>
            <OpenPage key={id} id={id} query={query} path={path} />
          </ErrorBoundary>
        )}
      </main>
    </>
  );
}

function skip(event: Event, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}

function OpenPage({ id, ...props }: PageProps & { readonly id: PageId }) {
  const loaded = useLazy(pages[id].load);
  if (loaded.state === 'waiting') return <div class="page-placeholder" aria-busy="true" />;
  if (loaded.state === 'failed')
    return (
      <Notice kind="error" title="This page did not load">
        {loaded.message} Check the connection, then{' '}
        <button type="button" class="link" onClick={() => location.reload()}>
          reload
        </button>
        .
      </Notice>
    );
  const { Page } = loaded.value;
  return <Page {...props} />;
}
