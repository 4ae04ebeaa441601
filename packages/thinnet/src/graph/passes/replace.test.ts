/** @file Replacing values: what is left, what is gone, what is refused. */
import { describe, expect, it } from 'vitest';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import { replaceValues } from './replace.js';

/** y = tanh(x·noise) + x, and beside it mean = 2x. */
function graph() {
  const b = new GraphBuilder('graph');
  const x = b.input('x', 'float32', ['N', 2]);
  const noise = b.input('noise', 'float32', ['N', 2]);
  const thinned = b.op('Mul', [x, noise], {}, { name: 'thinned' });
  b.op('Add', [x, x], {}, { name: 'mean' });
  b.op('ReduceSum', [x], {}, { name: 'sum' });
  b.output(b.op('Add', [b.op('Tanh', [thinned], {}, { name: 'active' }), x]), 'y');
  b.output(thinned, 'direct');
  return b.build();
}

describe('replaceValues', () => {
  it('reads another value in a value’s place, and drops what only that one needed', async () => {
    const seen = replaceValues(graph(), new Map([['thinned', 'mean']]), ['noise']);
    expect(seen.inputs.map((info) => info.name)).toEqual(['x']);
    expect(seen.nodes.map((node) => node.op)).not.toContain('Mul');
    const x = floats([1, 2], [0.5, -1]);
    const { y, direct } = await runGraph(seen, { x });
    expect(direct?.data).toEqual(Float32Array.of(1, -2));
    expect((y!.data as Float32Array)[0]).toBeCloseTo(Math.tanh(1) + 0.5, 6);
  });

  it('can replace by a graph input', async () => {
    const seen = replaceValues(graph(), new Map([['thinned', 'x']]), ['noise']);
    const x = floats([1, 2], [0.5, -1]);
    expect((await runGraph(seen, { x })).direct).toEqual(x);
  });

  it.each<[Map<string, string>, string]>([
    [
      new Map([['nothing', 'x']]),
      'graph "graph": there is no value "nothing" of known shape, which a noise site names',
    ],
    [new Map([['thinned', 'nothing']]), 'there is no value "nothing" of known shape'],
    [new Map([['thinned', 'sum']]), '"sum" is float32[1, 1] and cannot replace "thinned", float32[N, 2]'],
    [
      new Map([['active', 'x']]),
      'noise "noise" reaches an output past the value that replaces its layer at inference',
    ],
  ])('refuses %j', (replaced, message) => {
    expect(() => replaceValues(graph(), replaced, ['noise'])).toThrow(message);
  });
});
