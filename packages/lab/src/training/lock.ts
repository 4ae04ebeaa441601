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

/** Waits until the tab that trains the run lets go of it. Errors: the signal's reason. */
export const whenUnlocked = (run: string, signal: AbortSignal): Promise<void> =>
  navigator.locks.request(nameOf(run), { mode: 'shared', signal }, () => undefined);

/** Runs that a tab is training now. */
export async function lockedRuns(): Promise<ReadonlySet<string>> {
  const { locks } = navigator as { readonly locks?: LockManager };
  const { held = [] } = (await locks?.query()) ?? {};
  const prefix = nameOf('');
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}
