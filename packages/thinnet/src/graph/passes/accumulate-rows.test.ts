/** @file Rows among zeros: what is done to the rows alone, and what must be left. */
import { describe, expect, it } from 'vitest';
import { string } from '../../onnx/attribute.js';
import type { Graph } from '../../onnx/model.js';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import type { Value } from '../value.js';
import { accumulateRows } from './accumulate-rows.js';

/** What is made of S, rows 3 and 1 of [4, 2] among zeros, of x and of the scalar k. */
const make = (
  write: (b: GraphBuilder, S: Value, x: Value, k: Value) => Value,
  scatter: (b: GraphBuilder, rows: Value) => Value = (b, rows) =>
    b.op('ScatterND', [b.op('Expand', [b.scalar(0), b.int64([4, 2])]), places(b), rows]),
): Graph => {
  const b = new GraphBuilder('g');
  const S = scatter(b, b.input('rows', 'float32', [2, 2]));
  b.output(write(b, S, b.input('x', 'float32', [4, 2]), b.input('k', 'float32', [])));
  return b.build();
};
const places = (b: GraphBuilder) => b.constant(BigInt64Array.of(3n, 1n), 'int64', [2, 1]);
const half = (b: GraphBuilder, x: Value): Value => b.op('Mul', [x, b.scalar(0.5)]);

const feeds = {
  rows: floats([2, 2], [1, 2, 3, 4]),
  x: floats([4, 2], [8, 7, 6, 5, 4, 3, 2, 1]),
  k: floats([], [3]),
};
const steps = (graph: Graph) =>
  graph.nodes.map(({ op, attributes }) => (attributes.reduction ? `${op}, add` : op));

describe('accumulateRows', () => {
  it.each<[string, Parameters<typeof make>[0], string[]]>([
    ['k · S', (b, S, _, k) => b.op('Mul', [k, S]), ['Expand', 'Mul', 'ScatterND']],
    ['S · S', (b, S) => b.op('Mul', [S, S]), ['Expand', 'Mul', 'ScatterND']],
    ['½x + S', (b, S, x) => b.op('Add', [half(b, x), S]), ['Mul', 'ScatterND, add']],
    ['S + ½x', (b, S, x) => b.op('Add', [S, half(b, x)]), ['Mul', 'ScatterND, add']],
    [
      '½x + k · S · S',
      (b, S, x, k) => b.op('Add', [half(b, x), b.op('Mul', [b.op('Mul', [S, S]), k])]),
      ['Mul', 'Mul', 'Mul', 'ScatterND, add'],
    ],
  ])('works on the rows in %s', async (_, write, expected) => {
    const graph = make(write);
    const after = accumulateRows(graph);
    expect(steps(after).sort()).toEqual(expected.sort());
    expect(await runGraph(after, feeds)).toEqual(await runGraph(graph, feeds));
    expect(accumulateRows(after)).toBe(after);
  });

  it('keeps S where something else reads it', async () => {
    const graph = make((b, S, x) => b.op('Max', [b.op('Add', [half(b, x), S]), S]));
    const after = accumulateRows(graph);
    expect(steps(after).sort()).toEqual(['Expand', 'Max', 'Mul', 'ScatterND', 'ScatterND, add']);
    expect(await runGraph(after, feeds)).toEqual(await runGraph(graph, feeds));
  });

  it.each<[string, Graph]>([
    ['x + S with an input x', make((b, S, x) => b.op('Add', [x, S]))],
    [
      'x + S where x is read elsewhere',
      make((b, S, x) => {
        const y = half(b, x);
        return b.op('Max', [b.op('Add', [y, S]), y]);
      }),
    ],
    ['x + S of another shape', make((b, S, _, k) => b.op('Add', [half(b, k), S]))],
    ['x · S', make((b, S, x) => b.op('Mul', [x, S]))],
    [
      'rows that were added',
      make(
        (b, S, x) => b.op('Add', [half(b, x), S]),
        (b, rows) =>
          b.op('ScatterND', [b.op('Expand', [b.scalar(0), b.int64([4, 2])]), places(b), rows], {
            reduction: string('add'),
          }),
      ),
    ],
    [
      'rows among ones',
      make(
        (b, S, x) => b.op('Add', [half(b, x), S]),
        (b, rows) => b.op('ScatterND', [b.op('Expand', [b.scalar(1), b.int64([4, 2])]), places(b), rows]),
      ),
    ],
  ])('leaves %s', (_, graph) => {
    expect(accumulateRows(graph)).toBe(graph);
  });
});
