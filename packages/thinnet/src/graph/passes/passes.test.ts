/** @file What every pass promises: the same outputs, seen through ONNX Runtime. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Graph, TensorValue } from '../../onnx/model.js';
import { randomFeeds, randomGraph } from '../../testing/random-graph.js';
import { runGraph } from '../../testing/run.js';
import { absorbScales } from './absorb-scales.js';
import { accumulateGemm } from './accumulate-gemm.js';
import { cleanUp } from './clean-up.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { foldConstants } from './fold-constants.js';
import { prune } from './prune.js';
import { simplify } from './simplify.js';

const passes = {
  prune,
  simplify,
  foldConstants,
  commonSubexpressions,
  absorbScales,
  accumulateGemm,
  cleanUp,
};
const settings = { numRuns: 40, endOnFailure: true };

function expectClose(
  actual: Readonly<Record<string, TensorValue>>,
  expected: Readonly<Record<string, TensorValue>>,
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { type, dims, data }] of Object.entries(expected)) {
    const other = actual[name] as TensorValue;
    expect([other.type, other.dims]).toEqual([type, dims]);
    for (const [i, x] of (data as Float32Array).entries()) {
      const difference = Math.abs((other.data[i] as number) - x);
      if (!(difference <= 1e-5 * Math.max(1, Math.abs(x))))
        expect.fail(`${name}[${i}] is ${other.data[i]}, was ${x}`);
    }
  }
}

const signature = ({ inputs, outputs }: Graph) => ({
  inputs,
  outputs: outputs.map(({ name, type }) => ({ name, type })),
});

describe.each(Object.entries(passes))('%s on random graphs', (_, pass) => {
  it('changes no output, name or type, and is idempotent at its fixed point', async () => {
    const feeds = randomFeeds(3);
    await fc.assert(
      fc.asyncProperty(randomGraph(), async (graph) => {
        const before = structuredClone(graph);
        const after = pass(graph);
        expect(graph).toEqual(before);
        expect(signature(after)).toEqual(signature(graph));
        expect(after.nodes.length).toBeLessThanOrEqual(graph.nodes.length);
        let fixed = after;
        for (let next = pass(fixed); next !== fixed; next = pass(fixed)) fixed = next;
        const [expected, once, often] = await Promise.all(
          [graph, after, fixed].map((g) => runGraph(g, feeds)),
        );
        expectClose(once as never, expected as never);
        expectClose(often as never, expected as never);
      }),
      settings,
    );
  });
});
