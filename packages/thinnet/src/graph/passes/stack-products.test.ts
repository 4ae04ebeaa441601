/** @file Sums of products Aᵀ·B: when they become one product, and when they must be left. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float, int } from '../../onnx/attribute.js';
import type { Graph } from '../../onnx/model.js';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import type { Value } from '../value.js';
import { stackProducts } from './stack-products.js';

type Product = (b: GraphBuilder, x: Value, y: Value) => Value;
const plain: Product = (b, x, y) => b.op('Gemm', [x, y], { transA: int(1) });

/** Σ of products of inputs x0, x1, … [rows, 2] and y0, y1, … [rows, 3]. */
const sumOf = (rows: readonly number[], product: Product = plain, more: Product = plain): Graph => {
  const b = new GraphBuilder('g');
  const terms = rows.map((n, i) =>
    (i === 0 ? product : more)(b, b.input(`x${i}`, 'float32', [n, 2]), b.input(`y${i}`, 'float32', [n, 3])),
  );
  b.output(b.op('Sum', terms), 'sum');
  return b.build();
};
const feedsOf = (rows: readonly number[]) =>
  Object.fromEntries(
    rows.flatMap((n, i) => [
      [
        `x${i}`,
        floats(
          [n, 2],
          Array.from({ length: 2 * n }, (_, k) => ((k * 7 + i) % 5) - 2),
        ),
      ],
      [
        `y${i}`,
        floats(
          [n, 3],
          Array.from({ length: 3 * n }, (_, k) => ((k * 3 + i) % 7) - 3),
        ),
      ],
    ]),
  );

describe('stackProducts', () => {
  it('makes one product of a sum of products of any heights; whole numbers come out exactly', async () => {
    const heights = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(heights, async (rows) => {
        const [before, after] = [sumOf(rows), stackProducts(sumOf(rows))];
        expect(after.nodes.map(({ op }) => op)).toEqual(['Concat', 'Concat', 'Gemm']);
        expect(await runGraph(after, feedsOf(rows))).toEqual(await runGraph(before, feedsOf(rows)));
        expect(stackProducts(after)).toBe(after);
      }),
      { numRuns: 10 },
    );
  });

  it('leaves a sum alone in which a product is read elsewhere', () => {
    const b = new GraphBuilder('g');
    const [x, y] = [b.input('x', 'float32', ['N', 2]), b.input('y', 'float32', ['N', 3])];
    const product = plain(b, x, y);
    b.output(b.op('Sum', [product, plain(b, x, b.op('Neg', [y]))]));
    b.output(product);
    const graph = b.build();
    expect(stackProducts(graph)).toBe(graph);
  });

  it.each<[string, Product]>([
    ['that is scaled', (b, x, y) => b.op('Gemm', [x, y], { transA: int(1), alpha: float(2) })],
    ['to which something is added', (b, x, y) => b.op('Gemm', [x, y, b.scalar(1)], { transA: int(1) })],
    ['that sums over columns', (b, x, y) => b.op('Gemm', [b.op('Transpose', [x]), y])],
    ['that is none', (b) => b.constant(new Float32Array(6), 'float32', [2, 3])],
  ])('leaves a sum alone with a product %s', (_, product) => {
    const graph = sumOf([2, 2, 2], product);
    expect(stackProducts(graph)).toBe(graph);
  });
});
