/** @file Errors that nothing has caught, in words: nothing fails in silence. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { messageOf } from '../components/message.js';
import { Notice } from '../components/notice.js';

/** Browsers tell this of observers that come late; it is no error. */
const harmless = /ResizeObserver loop/;

export function Unexpected() {
  const [words, setWords] = useState<string>();
  useLayoutEffect(() => {
    const say = (error: unknown) => {
      const message = messageOf(error);
      if (!harmless.test(message)) setWords(message);
    };
    const onError = ({ error, message }: ErrorEvent) => say(error ?? message);
    const onRejection = ({ reason }: PromiseRejectionEvent) => say(reason);
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onRejection);
    return () => {
      removeEventListener('error', onError);
      removeEventListener('unhandledrejection', onRejection);
    };
  }, []);
  if (words === undefined) return null;
  return (
    <Notice kind="error" title="Something went wrong that is not your doing">
      {words}{' '}
      <button type="button" class="link" onClick={() => setWords(undefined)}>
        Dismiss
      </button>
    </Notice>
  );
}
