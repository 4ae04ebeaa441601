/** @file What bounds gradients and weights: clipping by global norm, and max-norm. */

import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { int } from '../onnx/attribute.js';

/** Scales all gradients by min(1, bound/(‖g‖ + 1e-6)), ‖g‖ the L2 norm over all of them (Pascanu et al. 2013, algorithm 1). */
export function clipByNorm(b: GraphBuilder, gradients: readonly Value[], bound: number): Value[] {
  const squares = gradients.map((g) => b.op('ReduceSumSquare', [g], { keepdims: int(0) }));
  const norm = b.op(
    'Sqrt',
    [squares.length === 1 ? squares[0] : b.op('Sum', squares)],
    {},
    { name: 'gradientNorm' },
  );
  const factor = b.op('Min', [
    b.scalar(1),
    b.op('Div', [b.scalar(bound), b.op('Add', [norm, b.scalar(1e-6)])]),
  ]);
  return gradients.map((g) => b.op('Mul', [g, factor]));
}

/**
 * Scales each unit's incoming weights down to L2 norm `bound` where they exceed it (Srivastava et al. 2014, section 5.1):
 * w ← w · bound/(‖w‖ + 1e-7) if ‖w‖ > bound. `axes` are the incoming axes of the weight: [0] for [in, out].
 */
export function boundNorm(b: GraphBuilder, weight: Value, axes: readonly number[], bound: number): Value {
  const norm = b.op('ReduceL2', [weight, b.int64(axes)], { keepdims: int(1) });
  const factor = b.op('Div', [b.scalar(bound), b.op('Add', [norm, b.scalar(1e-7)])]);
  return b.op('Mul', [
    weight,
    b.op('Where', [b.op('Greater', [norm, b.scalar(bound)]), factor, b.scalar(1)]),
  ]);
}
