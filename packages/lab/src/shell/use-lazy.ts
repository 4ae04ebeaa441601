/** @file A module, or anything else that takes a while, as state. */
import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../components/message.js';

export type Lazy<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

/** Loads once, when the component appears. Errors become state. */
export function useLazy<T>(load: () => Promise<T>): Lazy<T> {
  const [lazy, setLazy] = useState<Lazy<T>>({ state: 'waiting' });
  useEffect(() => {
    let isHere = true;
    load().then(
      (value) => isHere && setLazy({ state: 'ready', value }),
      (error) => isHere && setLazy({ state: 'failed', message: messageOf(error) }),
    );
    return () => {
      isHere = false;
    };
  }, []);
  return lazy;
}
