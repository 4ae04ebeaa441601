/** @file Rules where the runtime has ways of its own: rounding of places, ends of slices, windows without a maximum. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { ints, string } from '../onnx/attribute.js';
import type { Attributes, Shape, TensorValue } from '../onnx/model.js';
import { type Case, real } from '../testing/gradients/case.js';
import { distance, gradientsByDifferences, gradientsByRule } from '../testing/gradients/check.js';
import { numbers } from '../testing/gradients/values.js';
import { runGraph } from '../testing/run.js';
import { gradients } from './gradients.js';

/** One operator on inputs of these shapes, followed by integer vectors that are constants. */
const call = (
  op: string,
  shapes: readonly Shape[],
  vectors: readonly (readonly number[] | undefined)[] = [],
  attributes: Attributes = {},
  lengths: Case['lengths'] = {},
): Case => ({
  title: `${op} of ${JSON.stringify(shapes)} by ${JSON.stringify(vectors)}`,
  precision: 'float32',
  operands: shapes.map((shape) => ({ shape, draw: real })),
  lengths,
  seed: 1,
  build: (b, values) => [
    b.op(op, [...values, ...vectors.map((xs) => (xs === undefined ? undefined : b.int64(xs)))], attributes),
  ],
});

async function agreesWithDifferences(given: Case): Promise<void> {
  const { forward, found, ...drawn } = await gradientsByRule(given);
  const differences = await gradientsByDifferences(given, forward, drawn);
  for (const [i, gradient] of found.entries()) {
    expect(gradient.dims, given.title).toEqual(drawn.operands[i]?.dims);
    expect(distance(gradient.data as Float32Array, differences[i] as Float64Array), given.title).toBeLessThan(
      2e-3,
    );
  }
}

const float32 = (dims: readonly number[], xs: readonly number[]): TensorValue => ({
  type: 'float32',
  dims,
  data: Float32Array.from(xs),
});

describe('Resize by the nearest element', () => {
  const coordinates = ['half_pixel', 'pytorch_half_pixel', 'asymmetric', 'align_corners'];
  const roundings = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];
  const ways = coordinates.flatMap((c) => roundings.map((r) => [c, r] as const));
  // Pairs of lengths of which single precision decides some halves otherwise than exact arithmetic, and others.
  const sizes: readonly (readonly [number, readonly number[]])[] = [
    [7, [1, 3, 38, 62, 76, 124]],
    [14, [1, 8, 17, 19, 31, 39, 57, 69, 71, 83, 117, 121]],
    [20, [6, 26, 42, 58, 86, 94, 106, 114]],
    [22, [13, 47, 130]],
    [64, [2, 63, 65, 128]],
  ];

  it.each(ways)('sends the gradient to the element that was taken: %s, %s', async (c, rounding) => {
    const attributes = {
      mode: string('nearest'),
      coordinate_transformation_mode: string(c),
      nearest_mode: string(rounding),
    };
    const b = new GraphBuilder();
    const feeds: Record<string, TensorValue> = {};
    for (const [from, tos] of sizes) {
      const x = b.input(`x${from}`, 'float32', [1, 1, from]);
      feeds[x.name] = float32(
        [1, 1, from],
        Array.from({ length: from }, (_, i) => i),
      );
      for (const to of tos) {
        const y = b.op('Resize', [x, undefined, undefined, b.int64([1, 1, to])], attributes);
        const g = b.input(`g${from}.${to}`, 'float32', y.shape);
        feeds[g.name] = float32(
          [1, 1, to],
          Array.from({ length: to }, (_, i) => i + 1),
        );
        b.output(y, `y${from}.${to}`);
        b.output(gradients(b, [{ value: y, gradient: g }], [x])[0] as Value, `d${from}.${to}`);
      }
    }
    const results = await runGraph(b.build(), feeds);
    for (const [from, tos] of sizes)
      for (const to of tos) {
        const expected = Array<number>(from).fill(0);
        for (const [i, source] of numbers(results[`y${from}.${to}`]).entries())
          expected[source] = (expected[source] as number) + i + 1;
        expect(numbers(results[`d${from}.${to}`]), `${from} to ${to}`).toEqual(expected);
      }
  });

  it('does so by scales, of which the length is the floor in single precision', async () => {
    const scaled = (from: number, scale: number): Case => ({
      ...call('Resize', [[1, 1, from]]),
      build: (b, [x]) => [
        b.op('Resize', [x, undefined, b.constant(Float32Array.of(1, 1, scale), 'float32')]),
      ],
    });
    for (const [from, scale] of [
      [10, 0.7],
      [20, 0.9],
      [7, 1.3],
      [3, 2.7],
    ] as const)
      await agreesWithDifferences(scaled(from, scale));
  });
});

describe('Pad', () => {
  it.each(['constant', 'reflect', 'edge', 'wrap'])('of mode %s crops before it repeats', async (mode) => {
    for (const [begin, end] of [
      [-1, 2],
      [2, -1],
      [-2, -1],
      [-3, 1],
      [1, -3],
    ] as const)
      await agreesWithDifferences(call('Pad', [[2, 5]], [[0, begin, 0, end]], { mode: string(mode) }));
  });

  it('wraps behind the end more than once, and refuses to before the beginning', async () => {
    await agreesWithDifferences(call('Pad', [[2, 3]], [[0, 3, 0, 7]], { mode: string('wrap') }));
    await expect(
      gradientsByRule(call('Pad', [[2, 3]], [[0, 4, 0, 0]], { mode: string('wrap') })),
    ).rejects.toThrow('mode "wrap" puts 4 elements before the 3 of axis 1');
  });
});

describe('Slice', () => {
  it.each([2 ** 31 - 1, 2 ** 31 - 2, 2 ** 63])(
    'backwards to %i takes what the runtime takes',
    async (end) => {
      const bound = (b: GraphBuilder) =>
        b.constant(BigInt64Array.of(end === 2 ** 63 ? 2n ** 63n - 1n : BigInt(end)), 'int64');
      for (const start of [-1, 3])
        for (const step of [-1, -2])
          await agreesWithDifferences({
            ...call('Slice', [[5, 2]]),
            build: (b, [x]) => [
              b.op('Slice', [x, b.int64([start]), bound(b), b.int64([0]), b.int64([step])]),
            ],
          });
    },
  );

  it('refuses axes that are computed', async () => {
    const given: Case = {
      ...call('Slice', [[3, 4]]),
      build: (b, [x]) => {
        const axes = b.input('axes', 'int64', [1]);
        return [b.op('Slice', [x, b.int64([0]), b.int64([2]), axes], {}, { shapes: [[3, 2]] })];
      },
    };
    await expect(gradientsByRule(given)).rejects.toThrow(
      'node "slice" (Slice): the axes that it slices are computed; a gradient needs them constant',
    );
  });
});

it('Einsum sums letters that have length 1 in one operand', async () => {
  for (const [equation, ...shapes] of [
    ['ij,ij->i', [2, 3], [2, 1]],
    ['ij,j->i', [2, 3], [1]],
    ['ij,jk->ik', [2, 1], [3, 4]],
    ['ij,ij->ij', [1, 3], [2, 1]],
  ] as const)
    await agreesWithDifferences(call('Einsum', shapes, [], { equation: string(equation) }));
});

it('Squeeze gives a symbolic axis its name again', () =>
  agreesWithDifferences(call('Squeeze', [['A', 4]], [[0]], {}, { A: 1 })));

describe('pools', () => {
  const pool = (op: string, shape: Shape, window: Record<string, number[]>): Case =>
    call(op, [shape], [], Object.fromEntries(Object.entries(window).map(([name, xs]) => [name, ints(xs)])));

  it.each(['MaxPool', 'AveragePool'])(
    '%s has no gradient where dilated windows step over the plane',
    async (op) => {
      const over = (kernel: number[], dilations: number[], pads: number[]) => ({
        ...{ kernel_shape: kernel, dilations, pads },
        strides: kernel.map(() => 1),
      });
      await agreesWithDifferences(pool(op, [2, 2, 2], over([2], [3], [1, 1])));
      await agreesWithDifferences(pool(op, [1, 2, 3, 3], over([2, 2], [4, 1], [1, 0, 1, 0])));
      await agreesWithDifferences(pool(op, [1, 2, 2, 4], over([2, 2], [3, 4], [1, 1, 1, 1])));
    },
  );

  it.each(['MaxPool', 'AveragePool'])('%s takes a window too large by less than a stride', async (op) => {
    await agreesWithDifferences(
      pool(op, [1, 2, 3], { kernel_shape: [2], dilations: [4], pads: [0, 1], strides: [3] }),
    );
    await agreesWithDifferences(
      pool(op, [1, 2, 2], { kernel_shape: [4], dilations: [1], pads: [1, 0], strides: [2] }),
    );
  });

  it.each<[string, number[], number[]]>([
    ['side by side', [2, 2], [2, 2]],
    ['that overlap', [2, 2], [1, 1]],
  ])(
    'MaxPool sends the gradient of windows without a finite maximum to their first element, of windows %s',
    async (_, kernel, strides) => {
      const low = Number.NEGATIVE_INFINITY;
      const xs = [
        low,
        low,
        1,
        2,
        low,
        low,
        3,
        low,
        Number.NaN,
        Number.NaN,
        low,
        4,
        Number.NaN,
        Number.NaN,
        low,
        low,
      ];
      for (const type of ['float32', 'float64'] as const) {
        const b = new GraphBuilder();
        const x = b.input('x', type, [1, 1, 4, 4]);
        const y = b.op('MaxPool', [x], { kernel_shape: ints(kernel), strides: ints(strides) });
        const g = b.input('g', type, y.shape);
        b.output(gradients(b, [{ value: y, gradient: g }], [x])[0] as Value, 'd');
        const array = (values: readonly number[]) =>
          type === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
        const side = strides[0] === 2 ? 2 : 3;
        const seeds = Array.from({ length: side * side }, (_, i) => 2 ** i);
        const { d } = await runGraph(b.build(), {
          x: { type, dims: [1, 1, 4, 4], data: array(xs) },
          g: { type, dims: [1, 1, side, side], data: array(seeds) },
        });
        expect(numbers(d).reduce((sum, value) => sum + value, 0)).toBe(2 ** (side * side) - 1);
        if (side === 2) expect(numbers(d)).toEqual([1, 0, 0, 0, 0, 0, 2, 0, 4, 0, 0, 8, 0, 0, 0, 0]);
      }
    },
  );
});
