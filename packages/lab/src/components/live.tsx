/** @file Words for screen readers about what has changed, at most every few seconds. */
import { useEffect, useRef, useState } from 'preact/hooks';

const pause = 4000;

/** Announces `text` when it changes; fast changes are passed over but for the last. */
export function Live({ text }: { readonly text: string }) {
  const [spoken, setSpoken] = useState(text);
  const latest = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, latest.current + pause - performance.now());
    const timer = setTimeout(() => {
      latest.current = performance.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="visually-hidden" aria-live="polite">
      {spoken}
    </p>
  );
}
