import { describe, it } from 'vitest';
import { int, string } from '../../onnx/attribute.js';
import { type Build, compareShapes, eachOperator, filled, sequence } from '../../testing/shapes.js';
import type { GraphBuilder } from '../builder.js';

const axes =
  (...xs: number[]) =>
  (b: GraphBuilder) => [sequence(b), b.int64(xs)];

const cases: Readonly<Record<string, Build>> = {
  ...eachOperator(
    'Neg Abs Sign Sqrt Reciprocal Exp Log Erf Sin Cos Tan Floor Ceil Round Relu LeakyRelu Elu Selu Gelu Sigmoid',
    (b) => [sequence(b)],
  ),
  ...eachOperator(
    'HardSigmoid HardSwish Tanh Softplus Softsign Softmax LogSoftmax Identity Celu Mish IsNaN IsInf Shape Size NonZero',
    (b) => [sequence(b)],
  ),
  ...eachOperator('Add Sub Mul Div Pow Min Max', (b) => [sequence(b), b.input('y', 'float32', ['T', 1])]),
  ...eachOperator('Equal Greater GreaterOrEqual Less LessOrEqual', (b) => [
    sequence(b),
    b.input('y', 'float32', ['N', 1, 4]),
  ]),
  ...eachOperator('And Or Xor', (b) => [sequence(b, 'bool'), b.input('y', 'bool', [4])]),
  ...eachOperator('Sum Mean Max Min', (b) => [
    sequence(b),
    b.input('y', 'float32', [4]),
    b.input('z', 'float32', ['T', 1]),
  ]),
  ...eachOperator(
    'ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare',
    axes(-1, 0),
  ),
  ...eachOperator('ArgMax ArgMin', (b) => [sequence(b)], { axis: int(-2), keepdims: int(0) }),
  Not: (b) => b.op('Not', [sequence(b, 'bool')]),
  Mod: (b) => b.op('Mod', [sequence(b, 'int64'), b.int64([3])]),
  'Pow with an exponent of another type': (b) => b.op('Pow', [sequence(b), b.int64([2])]),
  Clip: (b) => b.op('Clip', [sequence(b), undefined, b.scalar(0.5)]),
  PRelu: (b) => b.op('PRelu', [sequence(b), filled(b, [4])]),
  Where: (b) =>
    b.op('Where', [
      b.input('c', 'bool', ['N', 1, 1]),
      b.input('y', 'float32', ['T', 1]),
      b.input('z', 'float32', [4]),
    ]),
  Cast: (b) => b.op('Cast', [sequence(b)], { to: int(7) }),
  CastLike: (b) => b.op('CastLike', [sequence(b), b.int64([1])]),
  CumSum: (b) => b.op('CumSum', [sequence(b), b.scalar(1, 'int64')]),
  Trilu: (b) => b.op('Trilu', [sequence(b), b.scalar(1, 'int64')]),
  'reduction of everything': (b) => b.op('ReduceSum', [sequence(b)], { keepdims: int(0) }),
  'reduction of nothing': (b) => b.op('ReduceSum', [sequence(b)], { noop_with_empty_axes: int(1) }),
  TopK: (b) => b.ops('TopK', [sequence(b), b.int64([2])], {}, { outputs: 2 }),
  'Gemm with both operands transposed': (b) =>
    b.op(
      'Gemm',
      [
        b.input('x', 'float32', [4, 'N']),
        b.input('y', 'float32', ['T', 4]),
        b.input('z', 'float32', ['N', 1]),
      ],
      { transA: int(1), transB: int(1) },
    ),
  'MatMul of a batch': (b) =>
    b.op('MatMul', [b.input('x', 'float32', ['N', 1, 'T', 4]), b.input('y', 'float32', [2, 4, 'L'])]),
  'MatMul of vectors': (b) => [
    b.op('MatMul', [b.input('x', 'float32', ['T']), b.input('y', 'float32', ['N', 'T', 4])]),
    b.op('MatMul', [b.value('x'), b.value('x')]),
    b.op('MatMul', [b.input('z', 'float32', ['L', 'T']), b.value('x')]),
  ],
  Einsum: (b) =>
    b.op('Einsum', [sequence(b), b.input('y', 'float32', ['N', 'T', 6])], {
      equation: string('btf, btg -> bgf'),
    }),
  'Einsum without an arrow': (b) =>
    b.op('Einsum', [b.input('x', 'float32', ['N', 'T']), b.input('y', 'float32', ['T', 4])], {
      equation: string('ij,jk'),
    }),
};

describe('inferred types and shapes are those that ONNX Runtime returns', () => {
  it.each(Object.entries(cases))('%s', (_, build) => compareShapes({ build }));
});
