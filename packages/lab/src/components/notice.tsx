/** @file A message in the page: an error, a warning, or a word of information. */
import type { ComponentChildren } from 'preact';

export interface NoticeProps {
  readonly kind: 'error' | 'warning' | 'info';
  readonly title?: string;
  readonly children?: ComponentChildren;
}

/** An error is announced at once by screen readers, the others when there is a pause. */
export const Notice = ({ kind, title, children }: NoticeProps) => (
  <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'} data-notice={kind}>
    {title === undefined ? null : <p class="notice-title">{title}</p>}
    <div>{children}</div>
  </div>
);
