/** @file Both kinds of weight decay, shared by the optimizers. */
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import type { WeightDecay } from '../optimizer.js';
import type { Update } from './rule.js';

/** The gradient, with λ·w added for an L2 penalty. */
export function addPenalty(
  b: GraphBuilder,
  decay: WeightDecay | undefined,
  { weight, gradient, decays }: Update,
): Value {
  if (!decays || decay?.kind !== 'l2') return gradient;
  return b.op('Add', [b.op('Mul', [weight, b.scalar(decay.rate)]), gradient]);
}

/** The weight, multiplied by 1 − lr·λ (the scalar `shrinkage`) for decoupled decay. */
export function shrink(
  b: GraphBuilder,
  decay: WeightDecay | undefined,
  { weight, scalars, decays }: Update,
): Value {
  if (!decays || decay?.kind !== 'decoupled') return weight;
  return b.op('Mul', [weight, scalars.shrinkage]);
}
