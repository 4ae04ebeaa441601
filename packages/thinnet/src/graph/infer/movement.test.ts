import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { int, ints, string, tensor } from '../../onnx/attribute.js';
import { runGraph } from '../../testing/run.js';
import { type Build, compareShapes, image, type ShapeCase, sequence } from '../../testing/shapes.js';
import { GraphBuilder } from '../builder.js';

const cases: Readonly<Record<string, Build>> = {
  Flatten: (b) => [
    b.op('Flatten', [sequence(b)]),
    b.op('Flatten', [b.value('x')], { axis: int(-1) }),
    b.op('Flatten', [b.value('x')], { axis: int(0) }),
  ],
  Transpose: (b) => [
    b.op('Transpose', [sequence(b)]),
    b.op('Transpose', [b.value('x')], { perm: ints([1, 2, 0]) }),
  ],
  Concat: (b) =>
    b.op('Concat', [sequence(b), b.input('y', 'float32', ['N', 'L', 4]), b.value('x')], { axis: int(-2) }),
  Split: (b) => b.ops('Split', [sequence(b), b.int64([1, 3])], { axis: int(-1) }, { outputs: 2 }),
  'Split into equal parts, the last one smaller': (b) =>
    b.ops(
      'Split',
      [b.input('x', 'float32', ['L', 7])],
      { axis: int(0), num_outputs: int(3) },
      { outputs: 3 },
    ),
  Squeeze: (b) => [
    b.op('Squeeze', [b.input('x', 'float32', [1, 'N', 1]), b.int64([-1])]),
    b.op('Squeeze', [b.value('x')]),
  ],
  Unsqueeze: (b) => b.op('Unsqueeze', [sequence(b), b.int64([0, -1])]),
  Expand: (b) => b.op('Expand', [b.input('x', 'float32', ['N', 1, 4]), b.int64([2, 1, 3, 1])]),
  Tile: (b) => b.op('Tile', [sequence(b), b.int64([2, 1, 3])]),
  Pad: (b) => [
    b.op('Pad', [sequence(b), b.int64([0, 1, -1, 2, 0, 3])]),
    b.op('Pad', [b.value('x'), b.int64([1, 2]), undefined, b.int64([-2])]),
  ],
  'Pad by pads that are put together as PyTorch does': (b) => {
    const zeros = b.op('ConstantOfShape', [b.int64([4])], {
      value: tensor({ name: '', type: 'int64', dims: [1], data: BigInt64Array.of(0n) }),
    });
    const pairs = b.op('Reshape', [
      b.op('Concat', [b.int64([1, 2]), zeros], { axis: int(0) }),
      b.int64([-1, 2]),
    ]);
    const far = b.constant(BigInt64Array.of(-(2n ** 63n) + 1n), 'int64');
    const turned = b.op('Slice', [pairs, b.int64([-1]), far, b.int64([0]), b.int64([-1])]);
    const pads = b.op('Reshape', [b.op('Transpose', [turned], { perm: ints([1, 0]) }), b.int64([-1])]);
    return b.op('Pad', [sequence(b), b.op('Cast', [pads], { to: int(7) })], { mode: string('edge') });
  },
  DepthToSpace: (b) => b.op('DepthToSpace', [image(b)], { blocksize: int(2) }),
  Gather: (b) => [
    b.op('Gather', [sequence(b), b.constant(BigInt64Array.of(0n, 1n, 1n, 0n), 'int64', [2, 2])], {
      axis: int(-2),
    }),
    b.op('Gather', [b.value('x'), b.scalar(0, 'int64')]),
  ],
  GatherElements: (b) =>
    b.op('GatherElements', [sequence(b), b.input('i', 'int64', ['N', 2, 4])], { axis: int(1) }),
  GatherND: (b) => [
    b.op('GatherND', [sequence(b), b.input('i', 'int64', ['L', 2])]),
    b.op('GatherND', [b.value('x'), b.input('j', 'int64', ['N', 1])], { batch_dims: int(1) }),
  ],
  ScatterElements: (b) =>
    b.op(
      'ScatterElements',
      [sequence(b), b.input('i', 'int64', ['N', 1, 4]), b.input('u', 'float32', ['N', 1, 4])],
      { axis: int(1), reduction: string('add') },
    ),
  ScatterND: (b) =>
    b.op(
      'ScatterND',
      [sequence(b), b.input('i', 'int64', ['L', 1]), b.input('u', 'float32', ['L', 'T', 4])],
      {
        reduction: string('add'),
      },
    ),
  OneHot: (b) => [
    b.op('OneHot', [
      b.input('i', 'int64', ['N']),
      b.scalar(6, 'int64'),
      b.constant(Float32Array.of(0, 1), 'float32'),
    ]),
    b.op(
      'OneHot',
      [b.value('i'), b.input('depth', 'int64', []), b.constant(Float32Array.of(0, 1), 'float32')],
      { axis: int(0) },
    ),
  ],
};

describe('inferred types and shapes are those that ONNX Runtime returns', () => {
  it.each(Object.entries(cases))('%s', (_, build) => compareShapes({ build }));
});

const property = (cases: fc.Arbitrary<ShapeCase>, numRuns = 40) =>
  fc.assert(fc.asyncProperty(cases, compareShapes), { numRuns, endOnFailure: true });

describe('random cases too', () => {
  it('Slice, of symbolic and fixed axes', () => {
    const bound = fc.oneof(fc.integer({ min: -15, max: 15 }), fc.constantFrom(2 ** 31 - 1, -(2 ** 31)));
    return property(
      fc
        .tuple(
          bound,
          bound,
          fc.constantFrom(1, 2, 3, -1, -2),
          fc.integer({ min: 1, max: 12 }),
          fc.constantFrom<'L' | 9>('L', 9),
        )
        .map(([start, end, step, length, dim]) => ({
          lengths: { N: 2, L: length },
          build: (b) =>
            b.op('Slice', [
              b.input('x', 'float32', ['N', dim]),
              b.int64([start]),
              b.int64([end]),
              b.int64([-1]),
              b.int64([step]),
            ]),
        })),
      150,
    );
  });

  it('Reshape', () => {
    const targets = [
      [0, 0, -1],
      [-1],
      [0, -1],
      [-1, 4],
      [0, 0, 2, 2],
      [0, -1, 2],
      [2, -1, 0],
      [1, -1, 1],
      [0, 0, 4],
    ];
    return property(
      fc.constantFrom(...targets).map((target) => ({
        lengths: { N: 4, T: 6 },
        build: (b) => b.op('Reshape', [sequence(b), b.int64(target)]),
      })),
    );
  });

  it('small integers, sliced and turned, are known while building as ONNX Runtime computes them', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        fc.array(
          fc.tuple(
            fc.integer({ min: -5, max: 5 }),
            fc.integer({ min: -6, max: 6 }),
            fc.constantFrom(-2, -1, 1, 2),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        async (dims, drawn) => {
          const b = new GraphBuilder();
          const size = dims.reduce((p, q) => p * q, 1);
          const x = b.constant(
            BigInt64Array.from({ length: size }, (_, i) => BigInt(i)),
            'int64',
            dims,
          );
          const cuts = drawn.slice(0, dims.length);
          const column = (i: 0 | 1 | 2) => b.int64(cuts.map((cut) => cut[i]));
          const axes = b.int64(cuts.map((_, axis) => axis - dims.length));
          const y = b.op('Transpose', [b.op('Slice', [x, column(0), column(1), axes, column(2)])], {
            perm: ints(dims.map((_, i) => (i + 1) % dims.length)),
          });
          b.output(y, 'y');
          const { y: result } = await runGraph(b.build(), {});
          expect(y.shape).toEqual(result?.dims);
          expect(b.elementsOf(y)).toEqual(Array.from(result?.data as BigInt64Array, Number));
        },
      ),
      { numRuns: 30 },
    ));
});
