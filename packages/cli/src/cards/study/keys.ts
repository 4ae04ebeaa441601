/** @file Single keys from a terminal. */
import { emitKeypressEvents } from 'node:readline';

/** A key's character or name: `a`, `1`, `space`, `return`; `interrupt` is Ctrl-C, or the end of the input. */
export type Key = string;

export interface Keys {
  /** The next key; undefined once the signal says that nobody waits any more. */
  next(signal?: AbortSignal): Promise<Key | undefined>;
  /** Gives the terminal back. */
  close(): void;
}

interface KeyPress {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
}

const keyOf = ({ name, sequence = '', ctrl = false }: KeyPress): Key => {
  // In raw mode Ctrl-C and Ctrl-D are keys like others.
  if (ctrl && (name === 'c' || name === 'd')) return 'interrupt';
  return ctrl ? `ctrl-${name ?? ''}` : (name ?? sequence);
};

/** Keys of a terminal that is read in raw mode until they are closed. */
export function keysOf(input: NodeJS.ReadStream): Keys {
  const pressed: Key[] = [];
  let waiting: ((key: Key) => void) | undefined;
  const give = (key: Key) => {
    if (waiting === undefined) pressed.push(key);
    else waiting(key);
  };
  const onPress = (_: string | undefined, press: KeyPress) => give(keyOf(press));
  const onEnd = () => give('interrupt');
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on('keypress', onPress);
  input.on('end', onEnd);
  input.resume();
  return {
    next: (signal) =>
      new Promise((resolve) => {
        const early = pressed.shift();
        if (early !== undefined || signal?.aborted) {
          resolve(early);
          return;
        }
        const settle = (key: Key | undefined) => {
          waiting = undefined;
          signal?.removeEventListener('abort', onAbort);
          resolve(key);
        };
        const onAbort = () => settle(undefined);
        waiting = settle;
        signal?.addEventListener('abort', onAbort);
      }),
    close() {
      input.off('keypress', onPress);
      input.off('end', onEnd);
      input.setRawMode(false);
      input.pause();
    },
  };
}
