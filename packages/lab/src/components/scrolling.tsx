/** @file What is wider or higher than its place: it scrolls within, by keyboard too. */
import type { ComponentChildren } from 'preact';

export interface ScrollingProps {
  /** What it is, for those who do not see it. */
  readonly label: string;
  /** Classes that it has besides. */
  readonly also?: string;
  readonly children: ComponentChildren;
}

export const Scrolling = ({ label, also, children }: ScrollingProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section class={also === undefined ? 'scrolling' : `scrolling ${also}`} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
