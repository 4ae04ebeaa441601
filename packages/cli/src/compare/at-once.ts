/** @file How many runs are trained side by side, and how many threads each of them gets. */
import type { Given, Settings } from 'thinnet-runs';
import { mostAtOnce } from '../options/defaults.js';

export interface Crew {
  /** Runs at once, 1 or more. */
  readonly atOnce: number;
  /** Threads of ONNX Runtime for each; null: all that it takes by itself. */
  readonly threads: number | null;
}

/**
 * Left to itself a comparison has a run for each processor, but no more than `mostAtOnce`, whose data and weights are all in
 * memory; where threads were asked for, it has one. Runs side by side share the processors. How many threads each has does not
 * depend on how many are left: some sums are rounded by it, and a comparison that is gone on with ends as one that was not stopped.
 *
 * @param all the runs of the comparison
 * @param left those that are not done yet
 */
export function crewFor(
  { atOnce, threads }: Pick<Settings, 'atOnce' | 'threads'>,
  given: Pick<Given, 'threads'>,
  { all, left }: { readonly all: number; readonly left: number },
  processors: number,
): Crew {
  const wanted = atOnce ?? (given.threads === undefined ? Math.min(processors, mostAtOnce) : 1);
  const most = Math.min(wanted, all);
  const share = most === 1 ? null : Math.max(1, Math.floor(processors / most));
  return {
    atOnce: Math.max(1, Math.min(most, left)),
    threads: given.threads === undefined ? share : threads,
  };
}

/** What there is to say of it: nothing of one run at a time. */
export function crewInWords({ atOnce, threads }: Crew): readonly string[] {
  if (atOnce === 1) return [];
  const each = threads === null ? 'all threads' : `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return [`${atOnce} runs at once, ${each} each.`];
}
