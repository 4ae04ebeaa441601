import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { centralDifferences } from '../testing/finite-differences.js';
import { randomFrom, real } from '../testing/gradients/case.js';
import { distance } from '../testing/gradients/check.js';
import { matrix, numbers, sumOf, vector } from '../testing/gradients/values.js';
import { runGraph, withGraph } from '../testing/run.js';
import { gradientOf, gradients } from './gradients.js';

describe('the reverse sweep', () => {
  it('sums the gradients of a value used several times: d(x·x + 3x + x)/dx = 2x + 4', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [3]);
    const y = b.op('Sum', [b.op('Mul', [x, x]), b.op('Mul', [x, b.scalar(3)]), x]);
    b.output(gradientOf(b, sumOf(b, y), [x])[0] as Value, 'dx');
    expect(numbers((await runGraph(b.build(), { x: vector(1, -2, 0.5) })).dx)).toEqual([6, 0, 5]);
  });

  it('adds up a use in a condition’s branch and a direct one: d(where(c, x, −x) + x²)/dx', async () => {
    const b = new GraphBuilder();
    const c = b.input('c', 'bool', [3]);
    const x = b.input('x', 'float32', [3]);
    const y = b.op('Add', [b.op('Where', [c, x, b.op('Neg', [x])]), b.op('Mul', [x, x])]);
    b.output(gradientOf(b, sumOf(b, y), [x])[0] as Value, 'dx');
    const { dx } = await runGraph(b.build(), {
      c: { type: 'bool', dims: [3], data: Uint8Array.of(1, 0, 1) },
      x: vector(1, 2, -3),
    });
    expect(numbers(dx)).toEqual([3, 3, -5]);
  });

  it('lets a condition that depends on x pass no gradient', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [3]);
    const y = b.op('Where', [b.op('Greater', [x, b.scalar(0)]), b.op('Mul', [x, b.scalar(2)]), b.scalar(7)]);
    b.output(gradientOf(b, sumOf(b, y), [x])[0] as Value, 'dx');
    expect(numbers((await runGraph(b.build(), { x: vector(1, -2, 3) })).dx)).toEqual([2, 0, 2]);
  });

  it('gives zeros of the exact shape to what does not influence the output, static or symbolic', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [2]);
    const apart = b.input('apart', 'float32', ['N', 3]);
    const found = gradientOf(b, sumOf(b, x), [apart, b.constant(new Float32Array(4), 'float32', [2, 2])]);
    expect(found.map(({ shape }) => shape)).toEqual([
      ['N', 3],
      [2, 2],
    ]);
    for (const [i, gradient] of found.entries()) b.output(gradient, `d${i}`);
    const { d0, d1 } = await runGraph(b.build(), { x: vector(1, 2), apart: matrix(2, [1, 2, 3, 4, 5, 6]) });
    expect(d0).toEqual(matrix(2, [0, 0, 0, 0, 0, 0]));
    expect(d1).toEqual(matrix(2, [0, 0, 0, 0]));
  });

  it('differentiates with respect to inner values, inputs and outputs at once', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [2]);
    const h = b.op('Exp', [x]);
    const y = sumOf(b, b.op('Mul', [h, h]));
    const [dx, dh, dy] = gradientOf(b, y, [x, h, y]) as [Value, Value, Value];
    b.output(dx, 'dx');
    b.output(dh, 'dh');
    b.output(dy, 'dy');
    const found = await runGraph(b.build(), { x: vector(0, 1) });
    expect(distance(numbers(found.dx), [2, 2 * Math.exp(2)])).toBeLessThan(1e-6);
    expect(distance(numbers(found.dh), [2, 2 * Math.E])).toBeLessThan(1e-6);
    expect(numbers(found.dy)).toEqual([1]);
  });

  it('adds up seeds of several outputs, one of which feeds the other', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [2]);
    const h = b.op('Mul', [x, b.scalar(2)]);
    const y = b.op('Mul', [h, b.scalar(5)]);
    const seeds = [
      { value: h, gradient: b.constant(Float32Array.of(1, 10), 'float32') },
      { value: y, gradient: b.constant(Float32Array.of(100, 1000), 'float32') },
    ];
    b.output(gradients(b, seeds, [x])[0] as Value, 'dx');
    expect(numbers((await runGraph(b.build(), { x: vector(0, 0) })).dx)).toEqual([1002, 10020]);
  });

  it('adds nothing for values that no path leads from, though they have no rule', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [2]);
    const z = b.input('z', 'float32', [2]);
    const cut = b.op('Floor', [z]);
    const before = b.nodes.length;
    const y = b.op('Add', [x, cut]);
    gradients(b, [{ value: y, gradient: x }], [x]);
    expect(b.nodes.slice(before).map(({ op }) => op)).toEqual(['Add']);
  });

  it('emits one Gemm each for the weight and the input of a dense layer, with the transposes inside', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 4]);
    const w = b.input('w', 'float32', [4, 5]);
    const y = b.op('Gemm', [x, w, b.input('b', 'float32', [5])]);
    const before = b.nodes.length;
    gradients(b, [{ value: y, gradient: b.input('g', 'float32', ['N', 5]) }], [x, w]);
    expect(
      b.nodes.slice(before).map(({ op, inputs, attributes }) => [op, ...inputs, ...Object.keys(attributes)]),
    ).toEqual([
      ['Gemm', 'g', 'w', 'transB'],
      ['Gemm', 'x', 'g', 'transA'],
    ]);
  });

  it('works inside a Loop’s body on values of the outer graph', () => {
    const outer = new GraphBuilder('outer');
    const w = outer.input('w', 'float32', [2]);
    const body = new GraphBuilder('body', outer);
    const x = body.input('x', 'float32', [2]);
    const [dw] = gradientOf(body, sumOf(body, body.op('Mul', [x, w])), [w]);
    expect(dw?.shape).toEqual([2]);
    expect(outer.nodes).toEqual([]);
  });
});

it('equals the derivative of a random composition of smooth operators', async () => {
  const ops = ['Tanh', 'Sigmoid', 'Sin', 'Exp', 'Neg', 'Softmax'] as const;
  const property = fc.asyncProperty(
    fc.array(fc.constantFrom(...ops, 'square', 'center', 'twice'), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 1, max: 1e6 }),
    async (chain, seed) => {
      const random = randomFrom(seed);
      const at = Float64Array.from({ length: 6 }, () => 0.5 * real(random));
      const build = () => {
        const b = new GraphBuilder();
        const x = b.input('x', 'float64', [2, 3]);
        let y: Value = x;
        for (const op of chain) {
          if (op === 'square') y = b.op('Mul', [y, b.op('Tanh', [y])]);
          else if (op === 'center') y = b.op('Sub', [y, b.op('ReduceMean', [y, b.int64([1])])]);
          else if (op === 'twice') y = b.op('Add', [y, b.op('Div', [x, b.scalar(3, 'float64')])]);
          else y = b.op(op, [op === 'Exp' ? b.op('Tanh', [y]) : y]);
        }
        return { b, x, loss: sumOf(b, b.op('Mul', [y, y])) };
      };
      const [forward, backward] = [build(), build()];
      forward.b.output(forward.loss, 'loss');
      backward.b.output(gradientOf(backward.b, backward.loss, [backward.x])[0] as Value, 'dx');
      const feed = (data: Float64Array) => ({
        x: { type: 'float64' as const, dims: [2, 3], data: data.slice() },
      });
      const { dx } = await runGraph(backward.b.build(), feed(at));
      await withGraph(forward.b.build(), async (program) => {
        const loss = async (point: Float64Array) => Number((await program.run(feed(point))).loss?.data[0]);
        expect(distance(dx?.data as Float64Array, await centralDifferences(loss, at))).toBeLessThan(1e-6);
      });
    },
  );
  await fc.assert(property, { numRuns: 15 });
});
