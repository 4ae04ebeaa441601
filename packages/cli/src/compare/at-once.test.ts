import type { Given } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { crewFor, crewInWords } from './at-once.js';

describe('the runs at once', () => {
  it.each([
    // Left to itself: a run for each processor, at most four, and no more than there are.
    [{}, 10, 1, { atOnce: 1, threads: null }],
    [{}, 10, 2, { atOnce: 2, threads: 1 }],
    [{}, 10, 4, { atOnce: 4, threads: 1 }],
    [{}, 10, 16, { atOnce: 4, threads: 4 }],
    [{}, 3, 16, { atOnce: 3, threads: 5 }],
    [{}, 1, 16, { atOnce: 1, threads: null }],
    // Threads are those of each run, and with them there is one unless more are asked for.
    [{ threads: 2 }, 10, 16, { atOnce: 1, threads: 2 }],
    [{ threads: null }, 10, 16, { atOnce: 1, threads: null }],
    [{ threads: 3, atOnce: 2 }, 10, 4, { atOnce: 2, threads: 3 }],
    [{ threads: null, atOnce: 2 }, 10, 4, { atOnce: 2, threads: null }],
    [{ atOnce: 8 }, 10, 2, { atOnce: 8, threads: 1 }],
    [{ atOnce: 1 }, 10, 16, { atOnce: 1, threads: null }],
  ])('given %j, of %i on %i processors are %j', (given: Given, all, processors, crew) => {
    const settings = { atOnce: null, threads: null, ...given };
    expect(crewFor(settings, given, { all, left: all }, processors)).toEqual(crew);
  });

  it('are fewer when fewer are left, each with the threads that it would have had', () => {
    const auto = { atOnce: null, threads: null };
    const of = (left: number) => crewFor(auto, {}, { all: 10, left }, 16);
    expect([4, 2, 1, 0].map(of)).toEqual([
      { atOnce: 4, threads: 4 },
      { atOnce: 2, threads: 4 },
      { atOnce: 1, threads: 4 },
      { atOnce: 1, threads: 4 },
    ]);
  });

  it('are told only where there are several', () => {
    expect(crewInWords({ atOnce: 1, threads: null })).toEqual([]);
    expect(crewInWords({ atOnce: 2, threads: 1 })).toEqual(['2 runs at once, 1 thread each.']);
    expect(crewInWords({ atOnce: 3, threads: null })).toEqual(['3 runs at once, all threads each.']);
  });
});
