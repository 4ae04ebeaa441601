/** @file Cases of operators that move, pick and place elements. */
import fc from 'fast-check';
import { int, ints } from '../../onnx/attribute.js';
import type { Shape } from '../../onnx/model.js';
import {
  type Call,
  type Case,
  caseOf,
  counter,
  index,
  type Operand,
  real,
  type Shaped,
  shaped,
  stretchable,
} from './case.js';

type Cases = fc.Arbitrary<Case>;

/** A vector of int64 that the graph knows. */
const vector = (xs: readonly number[]): Operand => ({
  shape: [xs.length],
  draw: counter(xs),
  type: 'int64',
  constant: true,
});

const bound = ({ shape, lengths }: Shaped): number[] =>
  shape.map((dim) => (typeof dim === 'number' ? dim : (lengths[dim] as number)));

const calls = <T>(
  choices: (x: Shaped) => fc.Arbitrary<T>,
  call: (x: Shaped, choice: T) => Omit<Call, 'lengths'>,
  shapes: fc.Arbitrary<Shaped> = shaped(1),
): Cases =>
  caseOf(shapes.chain((x) => choices(x).map((choice) => ({ ...call(x, choice), lengths: x.lengths }))));

const axisOf = ({ shape }: Shaped) => fc.integer({ min: -shape.length, max: shape.length - 1 });

/** To one axis, to a column, with a copied axis, and with an added one. */
const Reshape = calls(
  () =>
    fc.constantFrom<[number[], string]>(
      [[-1], '-1'],
      [[-1, 1], '-1, 1'],
      [[0, -1], 'x[0].shape[0], -1'],
      [[1, -1, 1], '1, -1, 1'],
    ),
  ({ shape }, [target, torch]) => ({
    op: 'Reshape',
    operands: [{ shape, draw: real }, vector(target)],
    torch: `x[0].reshape(${torch})`,
  }),
);

const Flatten = calls(
  ({ shape }) => fc.integer({ min: -shape.length, max: shape.length }),
  ({ shape }, axis) => {
    const at = axis < 0 ? axis + shape.length : axis;
    return {
      op: 'Flatten',
      operands: [{ shape, draw: real }],
      attributes: { axis: int(axis) },
      torch: `x[0].reshape(math.prod(x[0].shape[:${at}]), -1)`,
    };
  },
);

/** Ones put between the axes of a shape, and where they are. */
const withOnes = (x: Shaped): fc.Arbitrary<{ shape: Shape; axes: number[] }> =>
  fc.array(fc.boolean(), { minLength: x.shape.length + 1, maxLength: x.shape.length + 1 }).map((before) => {
    const shape = [...x.shape, undefined].flatMap((dim, i) => [
      ...(before[i] || i === 0 ? [1] : []),
      ...(dim === undefined ? [] : [dim]),
    ]);
    const axes = before.flatMap((one, i) =>
      one || i === 0 ? [i + before.slice(1, i).filter(Boolean).length + (i > 0 ? 1 : 0)] : [],
    );
    return { shape, axes };
  });

const Squeeze = calls(withOnes, (x, { shape, axes }) => ({
  op: 'Squeeze',
  operands: [{ shape, draw: real }, vector(axes)],
  torch: `x[0].reshape(${JSON.stringify(bound(x))})`,
}));

const Unsqueeze = calls(withOnes, ({ shape, lengths }, { shape: to, axes }) => ({
  op: 'Unsqueeze',
  operands: [{ shape, draw: real }, vector(axes)],
  torch: `x[0].reshape(${JSON.stringify(bound({ shape: to, lengths }))})`,
}));

const Transpose = calls(
  ({ shape }) => {
    const axes = shape.map((_, i) => i);
    return fc.option(fc.shuffledSubarray(axes, { minLength: axes.length }), { nil: undefined });
  },
  ({ shape }, perm) => ({
    op: 'Transpose',
    operands: [{ shape, draw: real }],
    attributes: perm ? { perm: ints(perm) } : {},
    torch: `x[0].permute(${JSON.stringify(perm ?? shape.map((_, i) => i).reverse())})`,
  }),
);

const Expand: Cases = caseOf(
  shaped(0).chain(({ shape, lengths }) => {
    const fixed = bound({ shape, lengths });
    return stretchable(fixed).map(
      (from): Call => ({
        op: 'Expand',
        operands: [{ shape: from, draw: real }, vector(fixed)],
        torch: `x[0].expand(${JSON.stringify(fixed)})`,
      }),
    );
  }),
);

/** Operands of different lengths along the axis, the symbolic one among them. */
const Concat = calls(
  (x) => fc.tuple(axisOf(x), fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })),
  ({ shape }, [axis, others]) => ({
    op: 'Concat',
    operands: [shape, ...others.map((length) => shape.with(axis, length))].map((s) => ({
      shape: s,
      draw: real,
    })),
    attributes: { axis: int(axis) },
    torch: `torch.cat(x, dim=${axis})`,
  }),
);

/** By given sizes, or into equal parts with a smaller last one. */
const Split: Cases = caseOf(
  fc
    .tuple(
      shaped(0, 2),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('sizes', 'even', 'ragged'),
      fc.boolean(),
    )
    .map(([{ shape, lengths }, sizes, how, last]): Call => {
      const parts =
        how === 'sizes'
          ? sizes
          : sizes.map((_, i) => (how === 'ragged' && i > 0 && i === sizes.length - 1 ? 1 : 2));
      const axis = last ? shape.length : 0;
      const length = parts.reduce((a, b) => a + b);
      return {
        op: 'Split',
        operands: [
          { shape: shape.toSpliced(axis, 0, length), draw: real },
          ...(how === 'sizes' ? [vector(parts)] : []),
        ],
        attributes: { axis: int(axis), ...(how === 'sizes' ? {} : { num_outputs: int(parts.length) }) },
        outputs: parts.length,
        lengths,
        torch: `torch.split(x[0], ${JSON.stringify(parts)}, dim=${axis})`,
      };
    }),
);

/** Bounds near an axis of up to 6 elements, beyond both of its ends, and "to the end" as exporters write it; most take something. */
const bounds = (step: number): fc.Arbitrary<[start: number, end: number]> =>
  step > 0
    ? fc.tuple(fc.constantFrom(-9, -3, -2, 0, 0, 1, 2), fc.constantFrom(-1, 2, 3, 4, 9, 2 ** 40))
    : fc.tuple(fc.constantFrom(-1, -1, -2, 2, 3, 9, 2 ** 40), fc.constantFrom(-9, -3, 0, 0, 1, -(2 ** 40)));

/** Python's own slices cannot step backwards in PyTorch: picked by index instead. */
const Slice = calls(
  ({ shape }) =>
    fc.uniqueArray(
      fc
        .record({
          axis: fc.integer({ min: 0, max: shape.length - 1 }),
          step: fc.constantFrom(1, 1, 2, 3, -1, -2),
        })
        .chain(({ axis, step }) => bounds(step).map(([start, end]) => ({ axis, start, end, step }))),
      { minLength: 1, maxLength: shape.length, selector: ({ axis }) => axis },
    ),
  ({ shape }, taken) => ({
    op: 'Slice',
    operands: [
      { shape, draw: real },
      vector(taken.map(({ start }) => start)),
      vector(taken.map(({ end }) => end)),
      vector(taken.map(({ axis }) => axis)),
      ...(taken.every(({ step }) => step === 1) ? [] : [vector(taken.map(({ step }) => step))]),
    ],
    torch: `sliced(x[0], ${JSON.stringify(taken.map(({ axis, start, end, step }) => [axis, start, end, step]))})`,
  }),
  shaped(1, 3, 6),
);

/** Indices of any rank, of both types, with repetitions and counted from both ends. */
const Gather = calls(
  (x) =>
    fc.tuple(
      axisOf(x),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
      fc.constantFrom('int32' as const, 'int64' as const),
    ),
  (x, [axis, shape, type]) => {
    const at = axis < 0 ? axis + x.shape.length : axis;
    const length = bound(x)[at] as number;
    const result = bound(x).toSpliced(at, 1, ...shape);
    return {
      op: 'Gather',
      operands: [
        { shape: x.shape, draw: real },
        { shape, draw: index(length), type },
      ],
      attributes: { axis: int(axis) },
      torch: `x[0].index_select(${at}, (x[1] % ${length}).reshape(-1)).reshape(${JSON.stringify(result)})`,
    };
  },
);

/** Indices that may be shorter than the data along the other axes. */
const GatherElements = calls(
  (x) =>
    fc.tuple(
      axisOf(x),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      fc.constantFrom('int32' as const, 'int64' as const),
    ),
  (x, [axis, count, shorter, type]) => {
    const at = axis < 0 ? axis + x.shape.length : axis;
    const length = bound(x)[at] as number;
    const shape = x.shape.map((dim, i) =>
      i === at ? count : shorter && typeof dim === 'number' ? Math.max(1, dim - 1) : dim,
    );
    return {
      op: 'GatherElements',
      operands: [
        { shape: x.shape, draw: real },
        { shape, draw: index(length), type },
      ],
      attributes: { axis: int(axis) },
      torch: `x[0].gather(${at}, x[1] % ${length})`,
    };
  },
);

export const movement = {
  Reshape,
  Flatten,
  Squeeze,
  Unsqueeze,
  Transpose,
  Expand,
  Concat,
  Split,
  Slice,
  Gather,
  GatherElements,
};
