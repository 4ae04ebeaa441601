/** @file Features cross to a worker once, not at every draw. */
import { describe, expect, it } from 'vitest';
import { sharedFloat32 } from '../data/shared.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { monteCarloOver, type ThinnedSource } from './monte-carlo.js';

describe('a question about features', () => {
  const net = network({ input: [12], seed: 4 }, dropout(0.5), dense(3));
  const asked: unknown[] = [];
  const source: ThinnedSource = {
    predict: (of) => {
      asked.push(of);
      return Promise.resolve(new Float32Array((of.length / 12) * 3));
    },
    thinned: (of, { count }) => {
      asked.push(of);
      return Promise.resolve(new Float32Array((of.length / 12) * 3 * count));
    },
  };

  it('puts them into shared memory once, for a source in a worker to read at every call', async () => {
    asked.length = 0;
    const x = Float32Array.from({ length: 1500 * 12 }, (_, i) => Math.sin(i));
    await monteCarloOver(source, net, { seed: 1, draws: 3 }).regress(x);
    expect(asked).toHaveLength(4);
    const [first] = asked as [Float32Array];
    expect(first).toEqual(x);
    expect(first.buffer).toBeInstanceOf(SharedArrayBuffer);
    for (const other of asked) expect(other).toBe(first);
  });

  it('leaves those that are there already', async () => {
    asked.length = 0;
    const x = sharedFloat32(24);
    const mc = monteCarloOver(source, net, { seed: 1, draws: 1 });
    await mc.classify(x);
    for (const other of asked) expect(other).toBe(x);
  });
});
