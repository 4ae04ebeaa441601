import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { int, ints, string } from '../onnx/attribute.js';
import type { Dim } from '../onnx/model.js';
import { centralDifferences } from '../testing/finite-differences.js';
import { randomFrom, real } from '../testing/gradients/case.js';
import { distance } from '../testing/gradients/check.js';
import { matrix, numbers, sumOf, vector } from '../testing/gradients/values.js';
import { runGraph, withGraph } from '../testing/run.js';
import { gradientOf } from './gradients.js';

describe('a network with a symbolic batch', () => {
  /** softmax cross-entropy by hand of relu(x·W1 + b1)·W2, with a mask in between: a training step in small. */
  function network() {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 3]);
    const mask = b.input('mask', 'float32', ['N', 4]);
    const y = b.input('y', 'int64', ['N']);
    const w1 = b.input('w1', 'float32', [3, 4]);
    const b1 = b.input('b1', 'float32', [4]);
    const w2 = b.input('w2', 'float32', [4, 2]);
    const h = b.op('Mul', [b.op('Softplus', [b.op('Gemm', [x, w1, b1])]), mask]);
    const log = b.op('LogSoftmax', [b.op('MatMul', [h, w2])], { axis: int(1) });
    const picked = b.op('GatherElements', [log, b.op('Unsqueeze', [y, b.int64([1])])], { axis: int(1) });
    const loss = b.op('Neg', [b.op('ReduceMean', [picked], { keepdims: int(0) })]);
    return { b, loss, wrt: [w1, b1, w2, x] };
  }

  it('gives the gradients of the batch that it is fed, for batches of 1, 5 and 0', async () => {
    const { b, loss, wrt } = network();
    b.output(loss, 'loss');
    for (const gradient of gradientOf(b, loss, wrt).entries()) b.output(gradient[1], `d${gradient[0]}`);
    const forward = network();
    forward.b.output(forward.loss, 'loss');
    const random = randomFrom(3);
    const draw = (n: number) => Float32Array.from({ length: n }, () => real(random));
    const [w1, b1, w2] = [draw(12), draw(4), draw(8)];
    const parameters = {
      w1: matrix(3, w1),
      b1: vector(...b1),
      w2: matrix(4, w2),
    };
    await withGraph(b.build(), (gradient) =>
      withGraph(forward.b.build(), async (program) => {
        for (const n of [1, 5]) {
          const batch = {
            x: matrix(n, draw(3 * n)),
            mask: matrix(
              n,
              Float32Array.from({ length: 4 * n }, () => (random() < 0.5 ? 0 : 2)),
            ),
            y: {
              type: 'int64' as const,
              dims: [n],
              data: BigInt64Array.from({ length: n }, () => BigInt(random() < 0.5)),
            },
          };
          const found = await gradient.run({ ...parameters, ...batch });
          const loss = async (at: Float64Array) =>
            numbers((await program.run({ ...parameters, ...batch, w1: matrix(3, at) })).loss)[0] as number;
          expect(distance(numbers(found.d0), await centralDifferences(loss, w1, 1e-2))).toBeLessThan(1e-3);
          const shift = async (at: Float64Array) =>
            numbers((await program.run({ ...parameters, ...batch, b1: vector(...at) })).loss)[0] as number;
          expect(distance(numbers(found.d1), await centralDifferences(shift, b1, 1e-2))).toBeLessThan(1e-3);
          expect(found.d3?.dims).toEqual([n, 3]);
        }
        const none = await gradient.run({
          ...parameters,
          x: { type: 'float32', dims: [0, 3], data: new Float32Array() },
          mask: { type: 'float32', dims: [0, 4], data: new Float32Array() },
          y: { type: 'int64', dims: [0], data: new BigInt64Array() },
        });
        expect(numbers(none.d0)).toEqual(Array<number>(12).fill(0));
        expect(numbers(none.d1)).toEqual([0, 0, 0, 0]);
        expect(numbers(none.d2)).toEqual(Array<number>(8).fill(0));
        expect(none.d3?.dims).toEqual([0, 3]);
      }),
    );
  });

  it('repeats bit for bit, indices that occur many times included', async () => {
    const b = new GraphBuilder();
    const table = b.input('table', 'float32', [8, 64]);
    const at = b.input('at', 'int64', ['N']);
    const y = b.op('Mul', [b.op('Gather', [table, at]), b.input('c', 'float32', ['N', 64])]);
    b.output(gradientOf(b, sumOf(b, y), [table])[0] as Value, 'd');
    const n = 20_000;
    const random = randomFrom(5);
    const feeds = {
      table: matrix(8, new Float32Array(512)),
      at: {
        type: 'int64' as const,
        dims: [n],
        data: BigInt64Array.from({ length: n }, (_, i) => BigInt(i % 7)),
      },
      c: matrix(
        n,
        Float32Array.from({ length: n * 64 }, () => real(random)),
      ),
    };
    await withGraph(
      b.build(),
      async (program) => {
        const first = numbers((await program.run(feeds)).d);
        for (let i = 0; i < 5; i++) expect(numbers((await program.run(feeds)).d)).toEqual(first);
      },
      { threads: 2 },
    );
  });

  it('reshapes a gradient back to two symbolic axes, one of length 0', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 'M']);
    const flat = b.op('Reshape', [x, b.int64([-1])]);
    b.output(gradientOf(b, sumOf(b, b.op('Mul', [flat, flat])), [x])[0] as Value, 'dx');
    await withGraph(b.build(), async (program) => {
      expect((await program.run({ x: matrix(3, []) })).dx).toEqual(matrix(3, []));
      expect((await program.run({ x: matrix(1, [1, 2]) })).dx).toEqual(matrix(1, [2, 4]));
    });
  });

  it('slices between bounds that are computed at run time', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N']);
    const [from, to] = [b.input('from', 'int64', [1]), b.input('to', 'int64', [1])];
    const y = b.op('Slice', [x, from, to], {}, { shapes: [['K']] });
    b.output(gradientOf(b, sumOf(b, b.op('Mul', [y, y])), [x])[0] as Value, 'dx');
    const bound = (at: number) => ({ type: 'int64' as const, dims: [1], data: BigInt64Array.of(BigInt(at)) });
    const { dx } = await runGraph(b.build(), { x: vector(1, 2, 3, 4), from: bound(1), to: bound(-1) });
    expect(dx).toEqual(vector(0, 4, 6, 0));
  });

  it('repeats convolutions and pools bit for bit on two threads, and takes batches of any size', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 16, 15, 15]);
    const w = b.input('w', 'float32', [24, 16, 3, 3]);
    const y = b.op('Conv', [x, w], { pads: ints([1, 1, 1, 1]) });
    const tiles = b.op('MaxPool', [y], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
    const overlapping = b.op('MaxPool', [tiles], { kernel_shape: ints([3, 3]), strides: ints([2, 2]) });
    const averaged = b.op('AveragePool', [b.op('Tanh', [overlapping])], { kernel_shape: ints([2, 2]) });
    for (const [i, d] of gradientOf(b, sumOf(b, averaged), [w, x]).entries()) b.output(d, `d${i}`);
    const random = randomFrom(8);
    const draw = (dims: number[]) => ({
      type: 'float32' as const,
      dims,
      data: Float32Array.from({ length: dims.reduce((m, n) => m * n, 1) }, () => real(random)),
    });
    await withGraph(
      b.build(),
      async (program) => {
        const weight = draw([24, 16, 3, 3]);
        for (const n of [32, 1]) {
          const feeds = { x: draw([n, 16, 15, 15]), w: weight };
          const first = await program.run(feeds);
          expect(first.d1?.dims).toEqual([n, 16, 15, 15]);
          for (let i = 0; i < 4; i++) expect(await program.run(feeds)).toEqual(first);
        }
      },
      { threads: 2 },
    );
  });

  it('gives a stride-1 convolution over a plane of any size the gradients of a plane of that size', async () => {
    const build = (height: Dim) => {
      const b = new GraphBuilder();
      const x = b.input('x', 'float32', ['N', 2, height, 6]);
      const w = b.input('w', 'float32', [3, 2, 3, 2]);
      const y = b.op('Conv', [x, w], { auto_pad: string('SAME_UPPER') });
      const loss = sumOf(b, b.op('Mul', [y, y]));
      for (const [i, d] of gradientOf(b, loss, [w, x]).entries()) b.output(d, `d${i}`);
      return b.build();
    };
    const random = randomFrom(9);
    const draw = (dims: number[]) => ({
      type: 'float32' as const,
      dims,
      data: Float32Array.from({ length: dims.reduce((m, n) => m * n, 1) }, () => real(random)),
    });
    const feeds = { x: draw([2, 2, 5, 6]), w: draw([3, 2, 3, 2]) };
    const [open, fixed] = [await runGraph(build('H'), feeds), await runGraph(build(5), feeds)];
    for (const d of ['d0', 'd1']) expect(distance(numbers(open[d]), numbers(fixed[d])), d).toBeLessThan(1e-6);
  });
});
