/** @file Jobs side by side: so many at once, begun in their order, until all are done or one fails. */

/** Does a piece of work; stops early with the signal's reason once it is aborted. */
export type Job = (signal: AbortSignal) => Promise<void>;

/** A job stops since another failed; whose error is the one to show. */
class OtherFailed extends Error {
  override readonly name = 'OtherFailed';
}

/**
 * Takes the jobs one by one, so that they can be made as late as they begin. When one fails the others under way are told to
 * stop, and its error is thrown once they have; the same when `signal` is aborted, unless all jobs have ended all the same.
 */
export async function sideBySide(atOnce: number, jobs: Iterator<Job>, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let failure: { readonly error: unknown } | undefined;
  let areAllBegun = false;
  const work = async (): Promise<void> => {
    while (!areAllBegun && !either.aborted) {
      try {
        const next = jobs.next();
        if (next.done) areAllBegun = true;
        else await next.value(either);
      } catch (error) {
        failure ??= { error };
        stop.abort(new OtherFailed('another run failed'));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failure) throw failure.error;
  if (!areAllBegun && !jobs.next().done) signal.throwIfAborted();
}
