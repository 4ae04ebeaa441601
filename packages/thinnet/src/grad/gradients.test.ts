import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { graph as graphAttribute, int } from '../onnx/attribute.js';
import type { TensorValue } from '../onnx/model.js';
import { centralDifferences } from '../testing/finite-differences.js';
import { distance } from '../testing/gradients/check.js';
import { randomFrom, real } from '../testing/gradients/case.js';
import { runGraph, withGraph } from '../testing/run.js';
import { gradientOf, gradients } from './gradients.js';

const vector = (...xs: number[]): TensorValue => ({ type: 'float32', dims: [xs.length], data: Float32Array.from(xs) });
const matrix = (rows: number, xs: ArrayLike<number>): TensorValue => ({
  type: 'float32',
  dims: [rows, rows === 0 ? 3 : xs.length / rows],
  data: Float32Array.from(xs),
});
const numbers = (value: TensorValue | undefined): number[] => Array.from(value?.data as Float32Array);
const sumOf = (b: GraphBuilder, x: Value): Value => b.op('ReduceSum', [x], { keepdims: int(0) });

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
    expect(found.map(({ shape }) => shape)).toEqual([['N', 3], [2, 2]]);
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
    expect(b.nodes.slice(before).map(({ op, inputs, attributes }) => [op, ...inputs, ...Object.keys(attributes)])).toEqual([
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
            mask: matrix(n, Float32Array.from({ length: 4 * n }, () => (random() < 0.5 ? 0 : 2))),
            y: { type: 'int64' as const, dims: [n], data: BigInt64Array.from({ length: n }, () => BigInt(random() < 0.5)) },
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
      at: { type: 'int64' as const, dims: [n], data: BigInt64Array.from({ length: n }, (_, i) => BigInt(i % 7)) },
      c: matrix(n, Float32Array.from({ length: n * 64 }, () => real(random))),
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
});

describe('what cannot be differentiated is an error while building', () => {
  const fails = (build: (b: GraphBuilder, x: Value) => Value, wrt?: (b: GraphBuilder) => Value) => () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 3]);
    const y = build(b, x);
    gradients(b, [{ value: y, gradient: y }], [wrt ? wrt(b) : x]);
  };

  it('names the node and the operator without a rule', () => {
    const run = fails((b, x) => b.op('Floor', [x], {}, { name: 'steps' }));
    expect(run).toThrow(ThinnetError);
    expect(run).toThrow('node "steps": operator "Floor" has no gradient; differentiableOperators() lists');
  });

  it('says of Dropout that it is to be lowered first', () => {
    expect(fails((b, x) => b.op('Dropout', [x], {}, { name: 'drop' }))).toThrow(
      'node "drop": operator "Dropout" has no gradient; lower it to a noise site first',
    );
  });

  it('does not take an operator of another domain for the standard one of the same name', () => {
    const x = { name: 'x', type: 'float32', shape: ['N', 3] } as const;
    const node = { name: 'n', op: 'Relu', domain: 'example', inputs: ['x'], outputs: ['y'], attributes: {} };
    const y = { ...x, name: 'y' };
    const b = GraphBuilder.from({ name: 'g', inputs: [x], outputs: [y], initializers: [], nodes: [node], values: [] });
    const run = () => gradients(b, [{ value: b.value('y'), gradient: b.value('y') }], [b.value('x')]);
    expect(run).toThrow('operator "example.Relu" has no gradient');
  });

  it('refuses paths through subgraphs that capture a value', () => {
    const run = fails((b, x) => {
      const body = (name: string) => {
        const inner = new GraphBuilder(name, b);
        inner.output(inner.op('Mul', [x, inner.scalar(2)]));
        return graphAttribute(inner.build());
      };
      const attributes = { then_branch: body('yes'), else_branch: body('no') };
      return b.op('If', [b.constant(Uint8Array.of(1), 'bool', [])], attributes, { name: 'choice', shapes: [['N', 3]] });
    });
    expect(run).toThrow('node "choice": operator "If" has no gradient');
  });

  it('refuses integers as variables, seeds of the wrong shape, losses that are not one number', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 3]);
    const i = b.input('i', 'int64', ['N']);
    expect(() => gradientOf(b, sumOf(b, x), [i])).toThrow('"i" is of type int64: only floating-point values have gradients');
    expect(() => gradients(b, [{ value: x, gradient: b.scalar(1) }], [x])).toThrow(
      /gradient given for "x" is float32 \[\]; it must be float32 \[N, 3\]/,
    );
    expect(() => gradientOf(b, x, [x])).toThrow('a loss is one number');
    expect(() => gradientOf(b, sumOf(b, b.op('Cast', [x], { to: int(7) })), [x])).toThrow('which has no gradient');
  });

  it('refuses reductions over computed axes', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [2, 3]);
    const y = b.op('ReduceSum', [x, b.input('axes', 'int64', [1])], { keepdims: int(1) }, { shapes: [['A', 'B']] });
    expect(() => gradients(b, [{ value: y, gradient: y }], [x])).toThrow('its axes "axes" are computed');
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
      const feed = (data: Float64Array) => ({ x: { type: 'float64' as const, dims: [2, 3], data: data.slice() } });
      const { dx } = await runGraph(backward.b.build(), feed(at));
      await withGraph(forward.b.build(), async (program) => {
        const loss = async (point: Float64Array) => Number((await program.run(feed(point))).loss?.data[0]);
        expect(distance(dx?.data as Float64Array, await centralDifferences(loss, at))).toBeLessThan(1e-6);
      });
    },
  );
  await fc.assert(property, { numRuns: 15, seed: 4 });
});

