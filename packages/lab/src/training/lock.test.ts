/** @file Waiting for runs that other tabs train, with locks as the browser has them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenOneIsUnlocked } from './lock.js';

describe('waiting until one of several runs is unlocked', () => {
  /** Lets the request for the lock of that name have it; those that were ended are gone. */
  let queue: Map<string, () => void>;
  beforeEach(() => {
    queue = new Map();
    const request = (name: string, { signal }: { signal: AbortSignal }, work: () => unknown) =>
      new Promise((resolve, reject) => {
        queue.set(name, () => resolve(work()));
        signal.addEventListener('abort', () => {
          queue.delete(name);
          reject(signal.reason);
        });
      });
    vi.stubGlobal('navigator', { locks: { request } });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('asks no longer for the others once one is', async () => {
    const waiting = whenOneIsUnlocked(['a', 'b', 'c'], new AbortController().signal);
    expect([...queue.keys()]).toEqual(['a', 'b', 'c'].map((run) => `thinnet-lab-run-${run}`));
    queue.get('thinnet-lab-run-b')?.();
    await waiting;
    expect([...queue.keys()].filter((name) => name !== 'thinnet-lab-run-b')).toEqual([]);
  });

  it('ends with the reason of the signal, and asks for none any more', async () => {
    const leaving = new AbortController();
    const waiting = whenOneIsUnlocked(['a', 'b'], leaving.signal);
    leaving.abort(new Error('the page is left'));
    await expect(waiting).rejects.toThrow('the page is left');
    expect(queue.size).toBe(0);
    await expect(whenOneIsUnlocked(['a'], leaving.signal)).rejects.toThrow('the page is left');
    expect(queue.size).toBe(0);
  });
});
