/** @file What is seen where a component fails: words, never an empty page. */
import { Component, type ComponentChildren } from 'preact';
import { messageOf } from './message.js';
import { Notice } from './notice.js';

interface State {
  readonly message?: string;
}

export class ErrorBoundary extends Component<{ readonly children: ComponentChildren }, State> {
  static override getDerivedStateFromError(error: unknown): State {
    return { message: messageOf(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <Notice kind="error" title="Something in this page failed">
        {message}{' '}
        <button type="button" class="link" onClick={() => location.reload()}>
          Reload the page
        </button>
        ; what was saved is still there.
      </Notice>
    );
  }
}
