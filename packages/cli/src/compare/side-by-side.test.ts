import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from './side-by-side.js';
import { sideBySide } from './side-by-side.js';

const never = new AbortController().signal;

/** Jobs that end in an order of the test's own; `log` says what began and ended. */
function staged(count: number) {
  const log: string[] = [];
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const jobs = Array.from(
    { length: count },
    (_, i): Job =>
      (signal) => {
        log.push(`begin ${i}`);
        return new Promise<void>((resolve, reject) => {
          ends[i] = { resolve, reject };
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }).finally(() => log.push(`end ${i}`));
      },
  );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { log, ends, jobs: jobs[Symbol.iterator](), settled };
}

describe('jobs side by side', () => {
  it('begin in their order, so many at once and no more, each as soon as another has ended', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 8 }),
        fc.nat(),
        async (atOnce, count, pick) => {
          const { log, ends, jobs, settled } = staged(count);
          const all = sideBySide(atOnce, jobs, never);
          const atWork: number[] = [];
          let begun = 0;
          for (let n = 0; n < count; n++) {
            await settled();
            while (begun < Math.min(count, n + atOnce)) atWork.push(begun++);
            expect(log.filter((line) => line.startsWith('begin'))).toEqual(
              Array.from({ length: begun }, (_, i) => `begin ${i}`),
            );
            const [ending] = atWork.splice((pick + n) % atWork.length, 1);
            ends[ending as number]?.resolve();
          }
          await all;
          expect(log).toHaveLength(2 * count);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stop when one fails: its error is thrown, once those under way have stopped, and no other begins', async () => {
    const { log, ends, jobs, settled } = staged(5);
    const all = sideBySide(3, jobs, never);
    await settled();
    ends[1]?.reject(new Error('no memory'));
    await expect(all).rejects.toThrow('no memory');
    expect(log).toEqual(['begin 0', 'begin 1', 'begin 2', ...['end 1', 'end 0', 'end 2']]);
  });

  it('that cannot be made fail the same', async () => {
    function* jobs(): Generator<Job, void> {
      yield (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      throw new Error('no data');
    }
    await expect(sideBySide(2, jobs(), never)).rejects.toThrow('no data');
  });

  it('all stop when they are aborted, with the reason', async () => {
    const { log, jobs, settled } = staged(4);
    const controller = new AbortController();
    const all = sideBySide(2, jobs, controller.signal);
    await settled();
    controller.abort(new Error('Ctrl-C'));
    await expect(all).rejects.toThrow('Ctrl-C');
    expect(log).toEqual(['begin 0', 'begin 1', 'end 0', 'end 1']);
  });

  it('that are aborted within the last of them are done when that ends all the same', async () => {
    const controller = new AbortController();
    const jobs: Job[] = [async () => {}, async () => controller.abort(new Error('too late'))];
    const all = (function* () {
      yield* jobs;
    })();
    await sideBySide(1, all, controller.signal);
    expect(controller.signal.aborted).toBe(true);
  });
});
