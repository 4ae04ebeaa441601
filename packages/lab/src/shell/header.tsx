/** @file The head of every page: what this is, and where else one can go. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type PageId, pageIds, pages } from './pages.js';
import { hrefOf } from './route.js';

export interface HeaderProps {
  readonly current: PageId | undefined;
  /** The address of what is open. */
  readonly here: string;
  /** Moves the keyboard past this head. */
  readonly onSkip: (event: Event) => void;
}

export function Header({ current, here, onSkip }: HeaderProps) {
  const nav = useRef<HTMLElement>(null);
  // Where the names do not fit, that of the open page is the one to be seen.
  useLayoutEffect(() => {
    const item = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (!nav.current || !item) return;
    const [frame, box] = [nav.current.getBoundingClientRect(), item.getBoundingClientRect()];
    nav.current.scrollLeft += Math.max(0, box.right - frame.right) + Math.min(0, box.left - frame.left);
  }, [current]);
  return (
    <header class="head">
      <a class="skip" href={here} onClick={onSkip}>
        Skip to content
      </a>
      <a class="brand" href={hrefOf('train')} aria-label="Thinnet lab, first page">
        <Mark />
        Thinnet <span>lab</span>
      </a>
      <nav aria-label="Pages" ref={nav}>
        <ul>
          {pageIds.map((id) => (
            <li key={id}>
              <a href={hrefOf(id)} aria-current={id === current ? 'page' : undefined}>
                {pages[id].title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** Three units, one of them dropped. */
const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <path class="wire" d="M7 7 25 16M7 25 25 16" />
    <path class="wire dropped" d="M7 16h18" />
    <circle cx="7" cy="7" r="4" />
    <circle cx="7" cy="25" r="4" />
    <circle cx="25" cy="16" r="4.6" />
    <circle class="dropped" cx="7" cy="16" r="3.4" />
  </svg>
);
