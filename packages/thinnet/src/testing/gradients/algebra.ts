/** @file Cases of matrix products, reductions and Softmax. */
import fc from 'fast-check';
import { float, int } from '../../onnx/attribute.js';
import type { Attributes, Shape } from '../../onnx/model.js';
import {
  type Call,
  type Case,
  caseOf,
  counter,
  type Draw,
  distinct,
  nonzero,
  type Operand,
  positive,
  real,
  shaped,
  stretchable,
} from './case.js';

type Cases = fc.Arbitrary<Case>;

const length = fc.integer({ min: 1, max: 4 });
const factor = fc.constantFrom(1, 0.5, -2);

const Gemm: Cases = caseOf(
  fc
    .record({
      m: length,
      k: length,
      n: length,
      transA: fc.boolean(),
      transB: fc.boolean(),
      alpha: factor,
      beta: factor,
      symbolic: fc.boolean(),
    })
    .chain(({ m, k, n, transA, transB, alpha, beta, symbolic }) => {
      const rows = symbolic ? 'N' : m;
      return fc.option(stretchable([rows, n]), { nil: undefined }).map((c): Call => {
        const product = `${alpha} * x[0]${transA ? '.T' : ''} @ x[1]${transB ? '.T' : ''}`;
        return {
          op: 'Gemm',
          operands: [
            { shape: transA ? [k, rows] : [rows, k], draw: real },
            { shape: transB ? [n, k] : [k, n], draw: real },
            ...(c ? [{ shape: c, draw: real }] : []),
          ],
          attributes: {
            alpha: float(alpha),
            beta: float(beta),
            transA: int(Number(transA)),
            transB: int(Number(transB)),
          },
          lengths: symbolic ? { N: m } : {},
          torch: c ? `${product} + ${beta} * x[2]` : product,
        };
      });
    }),
);

/** Vectors, matrices, batches, and batches that broadcast. */
const MatMul: Cases = caseOf(
  fc
    .tuple(
      shaped(0, 2, 3),
      length,
      length,
      length,
      fc.constantFrom('vector', 'matrix', 'batch'),
      fc.constantFrom('vector', 'matrix', 'batch'),
    )
    .chain(([{ shape: batch, lengths }, m, k, n, left, right]) =>
      fc.tuple(stretchable(batch), fc.boolean()).map(([stretched, first]): Call => {
        const batches = first ? [batch, stretched] : [stretched, batch];
        const a: Shape =
          left === 'vector' ? [k] : left === 'matrix' ? [m, k] : [...(batches[0] as Shape), m, k];
        const b: Shape =
          right === 'vector' ? [k] : right === 'matrix' ? [k, n] : [...(batches[1] as Shape), k, n];
        return {
          op: 'MatMul',
          operands: [
            { shape: a, draw: real },
            { shape: b, draw: real },
          ],
          lengths,
          torch: 'torch.matmul(x[0], x[1])',
        };
      }),
    ),
);

const axesOf = (rank: number): fc.Arbitrary<number[]> =>
  fc
    .tuple(
      fc.subarray(
        Array.from({ length: rank }, (_, i) => i),
        { minLength: rank === 0 ? 0 : 1 },
      ),
      fc.boolean(),
    )
    .map(([axes, negative]) => axes.map((axis) => (negative ? axis - rank : axis)).reverse());

/** Axes given, left out, or empty with and without noop_with_empty_axes. */
function reduction(
  op: string,
  torch: string,
  draw: Draw = real,
  precision: 'float32' | 'float64' = 'float64',
  noop = 'x[0] * 1',
): Cases {
  const calls = shaped().chain(({ shape, lengths }) =>
    fc
      .tuple(axesOf(shape.length), fc.constantFrom('given', 'absent', 'noop'), fc.boolean())
      .map(([axes, how, keep]): Call => {
        const given: Operand = { shape: [axes.length], draw: counter(axes), type: 'int64', constant: true };
        const attributes: Attributes = {
          keepdims: int(Number(keep)),
          noop_with_empty_axes: int(Number(how === 'noop')),
        };
        const dims = how === 'given' && axes.length > 0 ? `[${axes.join()}]` : 'list(range(x[0].dim()))';
        return {
          op,
          operands: [{ shape, draw }, ...(how === 'given' && axes.length > 0 ? [given] : [])],
          attributes,
          precision,
          lengths,
          torch:
            how === 'noop' || shape.length === 0
              ? noop
              : `${torch}(x[0], ${dims}, ${keep ? 'True' : 'False'})`,
        };
      }),
  );
  return caseOf(calls);
}

const alongAxis = (op: string, torch: string): Cases =>
  caseOf(
    shaped(1).chain(({ shape, lengths }) =>
      fc.option(fc.integer({ min: -shape.length, max: shape.length - 1 }), { nil: undefined }).map(
        (axis): Call => ({
          op,
          operands: [{ shape, draw: real }],
          attributes: axis === undefined ? {} : { axis: int(axis) },
          lengths,
          torch: `${torch}(x[0], dim=${axis ?? -1})`,
        }),
      ),
    ),
  );

export const algebra = {
  Gemm,
  MatMul,
  ReduceSum: reduction('ReduceSum', 'torch.sum'),
  ReduceMean: reduction('ReduceMean', 'torch.mean'),
  ReduceMax: reduction('ReduceMax', 'torch.amax', distinct),
  ReduceMin: reduction('ReduceMin', 'torch.amin', distinct),
  ReduceProd: reduction('ReduceProd', 'prod', real, 'float32'),
  ReduceL1: reduction(
    'ReduceL1',
    '(lambda v, *to: torch.sum(torch.abs(v), *to))',
    nonzero,
    'float32',
    'torch.abs(x[0])',
  ),
  ReduceL2: reduction(
    'ReduceL2',
    '(lambda v, *to: torch.sqrt(torch.sum(v * v, *to)))',
    nonzero,
    'float32',
    'torch.abs(x[0])',
  ),
  ReduceSumSquare: reduction(
    'ReduceSumSquare',
    '(lambda v, *to: torch.sum(v * v, *to))',
    real,
    'float64',
    'x[0] * x[0]',
  ),
  ReduceLogSum: reduction(
    'ReduceLogSum',
    '(lambda v, *to: torch.log(torch.sum(v, *to)))',
    positive,
    'float64',
    'torch.log(x[0])',
  ),
  ReduceLogSumExp: reduction('ReduceLogSumExp', 'torch.logsumexp', real, 'float64'),
  Softmax: alongAxis('Softmax', 'F.softmax'),
  LogSoftmax: alongAxis('LogSoftmax', 'F.log_softmax'),
};
