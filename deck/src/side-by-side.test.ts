import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Job, sideBySide } from './side-by-side.js';

/** A promise and its ends. */
const promised = () => {
  let [resolve, reject] = [(_: number) => {}, (_: Error) => {}];
  const promise = new Promise<number>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
};

/** Lets everything that waits for settled promises go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Jobs that end when they are told, and which of them have begun. */
function told(count: number) {
  const ends = Array.from({ length: count }, promised);
  const begun: number[] = [];
  const reports: ((share: number) => void)[] = [];
  const jobs = ends.map(
    ({ promise }, i): Job<number> => ({
      doing: `job ${i}`,
      run: (progress) => {
        begun.push(i);
        reports[i] = progress;
        return promise;
      },
    }),
  );
  return { ends, begun, reports, jobs };
}

describe('jobs side by side', () => {
  it('begin in their order, never more than there is room for, and give their results in their order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 8 }),
        fc.infiniteStream(fc.nat()),
        async (atOnce, count, choices) => {
          const { ends, begun, jobs } = told(count);
          const all = sideBySide({ atOnce }, jobs, () => {});
          const open = new Set<number>();
          for (let ended = 0; ended < count; ended++) {
            await settle();
            expect(begun).toEqual(Array.from({ length: Math.min(count, ended + atOnce) }, (_, i) => i));
            for (const i of begun.slice(open.size + ended)) open.add(i);
            const under = [...open];
            const next = under[(choices.next().value as number) % under.length] as number;
            open.delete(next);
            ends[next]?.resolve(10 * next);
          }
          expect(await all).toEqual(Array.from({ length: count }, (_, i) => 10 * i));
        },
      ),
      { numRuns: 40 },
    ));

  it('one at a time where the laboratory says nothing', async () => {
    const { ends, begun, jobs } = told(2);
    const all = sideBySide({}, jobs, () => {});
    await settle();
    expect(begun).toEqual([0]);
    for (const [i, end] of ends.entries()) end.resolve(i);
    expect(await all).toEqual([0, 1]);
  });

  it('tell the share of all that is done, and what was done last', async () => {
    const { ends, reports, jobs } = told(4);
    const said: unknown[] = [];
    const all = sideBySide({ atOnce: 2 }, jobs, (...progress) => said.push(progress));
    reports[1]?.(0.5);
    reports[0]?.(1);
    for (const end of ends) end.resolve(0);
    await all;
    expect(said).toEqual([
      [0.125, 'job 1'],
      [0.375, 'job 0'],
    ]);
  });

  it('stop when one fails: no other begins, and the failure comes when those under way have ended', async () => {
    const { ends, begun, jobs } = told(5);
    let failure: unknown;
    const all = sideBySide({ atOnce: 2 }, jobs, () => {}).catch((error) => {
      failure = error;
    });
    ends[1]?.reject(new Error('of the second'));
    await settle();
    expect([begun, failure]).toEqual([[0, 1], undefined]);
    ends[0]?.resolve(0);
    await all;
    expect(begun).toEqual([0, 1]);
    expect(failure).toEqual(new Error('of the second'));
  });
});
