/** @file Gradients of matrix products. */
import type { GraphBuilder } from '../../graph/builder.js';
import { productOf } from '../../graph/dim.js';
import type { Value } from '../../graph/value.js';
import { float, floatOf, int, intOf, ints } from '../../onnx/attribute.js';
import type { Attribute } from '../../onnx/model.js';
import { arithmetic } from '../arithmetic.js';
import { sumTo } from '../broadcast.js';
import { gradientOfOutput, inputOf, perInput, type Rule } from '../rule.js';
import { range, reshapeLike } from '../shapes.js';

interface GemmOptions {
  readonly alpha?: number;
  readonly transA?: boolean;
  readonly transB?: boolean;
}

function gemm(b: GraphBuilder, x: Value, y: Value, { alpha = 1, transA, transB }: GemmOptions): Value {
  const attributes: Record<string, Attribute> = {};
  if (alpha !== 1) attributes.alpha = float(alpha);
  if (transA) attributes.transA = int(1);
  if (transB) attributes.transB = int(1);
  return b.op('Gemm', [x, y], attributes);
}

/** out = alpha · A′B′ + beta · C; each gradient is one Gemm, with alpha in it. */
const Gemm: Rule = (context) => {
  const { b, node } = context;
  const g = gradientOfOutput(context);
  const [A, B] = [inputOf(context, 0), inputOf(context, 1)];
  const [alpha, beta] = [floatOf(node, 'alpha', 1), floatOf(node, 'beta', 1)];
  const transA = intOf(node, 'transA', 0) === 1;
  const transB = intOf(node, 'transB', 0) === 1;
  return perInput(
    context,
    () =>
      transA
        ? gemm(b, B, g, { alpha, transA: transB, transB: true })
        : gemm(b, g, B, { alpha, transB: !transB }),
    () =>
      transB
        ? gemm(b, g, A, { alpha, transA: true, transB: transA })
        : gemm(b, A, g, { alpha, transA: !transA }),
    () => {
      const sum = sumTo(b, g, inputOf(context, 2).shape);
      return beta === 1 ? sum : arithmetic(b).mul(sum, beta);
    },
  );
};

/** dA = g·Bᵀ, dB = Aᵀ·g, summed over broadcast batch axes; a vector operand is a matrix of one row or column. */
const MatMul: Rule = (context) => {
  const { b } = context;
  const [x, y] = [inputOf(context, 0), inputOf(context, 1)];
  const A = x.shape.length === 1 ? unsqueeze(b, x, 0) : x;
  const B = y.shape.length === 1 ? unsqueeze(b, y, 1) : y;
  let g = gradientOfOutput(context);
  if (x.shape.length === 1) g = unsqueeze(b, g, g.shape.length - (y.shape.length === 1 ? 0 : 1));
  if (y.shape.length === 1) g = unsqueeze(b, g, g.shape.length);
  const product = isPlain(A, B) ? flatProduct(b, A, B, g) : batchedProduct(b, A, B, g);
  return perInput(
    context,
    () => reshapeLike(b, product.dA(), x),
    () => reshapeLike(b, product.dB(), y),
  );
};

interface Product {
  readonly dA: () => Value;
  readonly dB: () => Value;
}

/** B is one matrix for all of A's batch, whose axes then are rows: a single Gemm each. */
function flatProduct(b: GraphBuilder, A: Value, B: Value, g: Value): Product {
  return {
    dA: () => reshapeLike(b, gemm(b, rows(b, g), B, { transB: true }), A),
    dB: () => gemm(b, rows(b, A), rows(b, g), { transA: true }),
  };
}

function batchedProduct(b: GraphBuilder, A: Value, B: Value, g: Value): Product {
  return {
    dA: () => sumTo(b, b.op('MatMul', [g, transposed(b, B)]), A.shape),
    dB: () => sumTo(b, b.op('MatMul', [transposed(b, A), g]), B.shape),
  };
}

/** Whether B is a single matrix, and rows can be flattened by a Reshape to [-1, columns]. */
const isPlain = (A: Value, B: Value): boolean =>
  B.shape.length === 2 &&
  (A.shape.length === 2 || [A.shape.at(-1), B.shape[1]].every((dim) => Number(dim) > 0));

/** [..., columns] as [rows, columns]. */
function rows(b: GraphBuilder, x: Value): Value {
  if (x.shape.length === 2) return x;
  const columns = x.shape.at(-1) as number;
  return b.op(
    'Reshape',
    [x, b.int64([-1, columns])],
    {},
    { shapes: [[productOf(x.shape.slice(0, -1)), columns]] },
  );
}

const unsqueeze = (b: GraphBuilder, x: Value, axis: number): Value => b.op('Unsqueeze', [x, b.int64([axis])]);

function transposed(b: GraphBuilder, x: Value): Value {
  const rank = x.shape.length;
  return b.op('Transpose', [x], { perm: ints([...range(rank - 2), rank - 1, rank - 2]) });
}

export const matmul = { Gemm, MatMul } satisfies Record<string, Rule>;
