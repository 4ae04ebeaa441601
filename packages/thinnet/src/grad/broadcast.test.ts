import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import { bindShape, showShape, sizeOf } from '../graph/shape.js';
import type { Shape } from '../onnx/model.js';
import { shaped, stretchable } from '../testing/gradients/case.js';
import { runGraph } from '../testing/run.js';
import { sumTo } from './broadcast.js';

/** Σ of ones over the stretched axes: how many elements of the gradient each element of the operand stands for. */
it('counts, given ones, how often broadcasting repeated each element', async () => {
  const shapes = shaped(0, 4).chain((from) => stretchable(from.shape).map((to) => ({ ...from, to })));
  const property = fc.asyncProperty(shapes, async ({ shape, lengths, to }) => {
    const b = new GraphBuilder();
    const summed = sumTo(b, b.input('g', 'float32', shape), to);
    expect(summed.shape).toEqual(to);
    b.output(summed, 'sum');
    const dims = bindShape(shape, lengths);
    const ones = { type: 'float32' as const, dims, data: new Float32Array(sizeOf(dims)).fill(1) };
    const { sum } = await runGraph(b.build(), { g: ones });
    const target = bindShape(to, lengths);
    expect(sum?.dims).toEqual(target);
    expect(Array.from(sum?.data as Float32Array)).toEqual(
      Array<number>(sizeOf(target)).fill(sizeOf(dims) / sizeOf(target)),
    );
  });
  await fc.assert(property, { numRuns: 40 });
});

it.each<[Shape, Shape, string[]]>([
  [['N', 5], ['N', 5], []],
  [['N', 5], ['N', 1], ['ReduceSum']],
  [['N', 5], [1, 5], ['ReduceSum']],
  [[1, 1, 5], [5], ['Squeeze']],
  [['N', 'C', 5], ['C', 5], ['ReduceSum']],
  [[8, 5], [5], ['Expand', 'MatMul', 'Squeeze']],
])('shrinks %j to %j by %j alone', (from, to, ops) => {
  const b = new GraphBuilder();
  expect(sumTo(b, b.input('g', 'float32', from), to).shape).toEqual(to);
  expect(b.nodes.map(({ op }) => op)).toEqual(ops);
});

it('calls shapes that do not broadcast a defect', () => {
  const b = new GraphBuilder();
  const g = b.input('g', 'float32', ['N', 5]);
  expect(() => sumTo(b, g, ['M', 5])).toThrow(`${showShape(g.shape)} does not shrink to [M, 5]`);
});
