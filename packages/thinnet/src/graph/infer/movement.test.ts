import fc from 'fast-check';
import { describe, it } from 'vitest';
import { int, ints, string } from '../../onnx/attribute.js';
import { type Build, compareShapes, image, type ShapeCase, sequence } from '../../testing/shapes.js';

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
  fc.assert(fc.asyncProperty(cases, compareShapes), { numRuns, seed: 8, endOnFailure: true });

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
});
