/** @file The lab's pages: a line each. A page's code loads when it is opened. */
import type { ComponentType } from 'preact';
import type { PageProps } from './page-props.js';

interface PageEntry {
  /** In the navigation and in the window's title. */
  readonly title: string;
  readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }>;
  /** Whether there are places within the page, which its path names. */
  readonly hasPaths?: true;
}

export const pages = {
  train: { title: 'Train', load: () => import('../pages/train/index.js') },
  inside: { title: 'Look inside', load: () => import('../pages/inside/index.js') },
  uncertainty: { title: 'How sure', load: () => import('../pages/uncertainty/index.js') },
  deck: { title: 'Deck', load: () => import('../pages/deck/index.js'), hasPaths: true },
  runs: { title: 'Runs', load: () => import('../pages/runs/index.js') },
} as const satisfies Readonly<Record<string, PageEntry>>;

export type PageId = keyof typeof pages;
export const pageIds = Object.keys(pages) as PageId[];

/** Whether an address may name a place within the page. */
export const takesPaths = (id: PageId): boolean => 'hasPaths' in pages[id];
