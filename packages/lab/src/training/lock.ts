/** @file A run is trained in one tab at a time. */
import { ThinnetError } from 'thinnet';

const nameOf = (run: string): string => `thinnet-lab-run-${run}`;

/** Does `work` while the run is locked; a tab that ends unlocks it. Errors: the run is under way in another tab. */
export async function whileLocked<T>(run: string, work: () => Promise<T>): Promise<T> {
  // Absent where the page is not secure.
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) return work();
  return locks.request(nameOf(run), { ifAvailable: true }, (lock) => {
    if (lock === null) throw new ThinnetError('this run is under way in another tab; stop it there first');
    return work();
  }) as Promise<T>;
}

/** Waits until a tab that trains one of the runs lets go of it. Errors: the signal's reason. */
export async function whenOneIsUnlocked(runs: readonly string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const ending = new AbortController();
  const end = () => ending.abort(signal.reason);
  signal.addEventListener('abort', end);
  const options = { mode: 'shared', signal: ending.signal } as const;
  try {
    await Promise.race(runs.map((run) => navigator.locks.request(nameOf(run), options, () => undefined)));
  } finally {
    signal.removeEventListener('abort', end);
    // A request that stays in a queue would stand in the way of whoever wants that run next.
    ending.abort();
  }
}

/** Runs that a tab is training now. */
export async function lockedRuns(): Promise<ReadonlySet<string>> {
  const { locks } = navigator as { readonly locks?: LockManager };
  const { held = [] } = (await locks?.query()) ?? {};
  const prefix = nameOf('');
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}
