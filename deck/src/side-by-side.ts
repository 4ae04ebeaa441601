/** @file Trainings side by side: networks as small as a card's do not fill a machine one at a time. */
import type { Laboratory } from './laboratory.js';

/** A piece of an experiment that needs no other piece. */
export interface Job<T> {
  /** What the laboratory says while it runs. */
  readonly doing: string;
  /** Does the work; tells its share done, 0 to 1. */
  readonly run: (progress: (share: number) => void) => Promise<T>;
}

/**
 * Does jobs in their order, as many at a time as the laboratory has room for, and gives their results in that order. Once
 * one has failed no other begins, and its error is thrown when those under way have ended.
 *
 * @param progress is told the share of all jobs that is done, 0 to 1, and what was done last
 */
export async function sideBySide<T>(
  { atOnce = 1 }: Pick<Laboratory, 'atOnce'>,
  jobs: readonly Job<T>[],
  progress: (done: number, doing: string) => void,
): Promise<readonly T[]> {
  const results: T[] = [];
  const shares = jobs.map(() => 0);
  const waiting = [...jobs.entries()];
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !hasFailed; next = waiting.shift()) {
      const [i, { doing, run }] = next;
      try {
        results[i] = await run((share) => {
          shares[i] = share;
          progress(shares.reduce((sum, done) => sum + done, 0) / jobs.length, doing);
        });
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, atOnce) }, work));
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
  return results;
}
