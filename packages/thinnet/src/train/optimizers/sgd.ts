/** @file Stochastic gradient descent with momentum, in PyTorch's form. */
import type { Optimizer } from '../optimizer.js';
import { addPenalty, shrink } from './decay.js';
import type { OptimizerRule } from './rule.js';

type Sgd = Extract<Optimizer, { kind: 'sgd' }>;

/**
 * v ← momentum·v + g, written as Add(Mul(v, momentum), g) so that a later pass folds it into g's own Gemm (C = v, beta = momentum).
 * PyTorch starts v at the first gradient, which equals starting it at zero.
 */
export const sgdRule: OptimizerRule<Sgd> = {
  slots: ({ momentum }) => (momentum > 0 ? ['velocity'] : []),
  scalars: ({ weightDecay }, lr) =>
    weightDecay?.kind === 'decoupled' ? { lr, shrinkage: 1 - lr * weightDecay.rate } : { lr },
  update: (b, { momentum, nesterov, weightDecay }, parts) => {
    const gradient = addPenalty(b, weightDecay, parts);
    const old = parts.slots.velocity;
    const velocity = old && b.op('Add', [b.op('Mul', [old, b.scalar(momentum)]), gradient]);
    const ahead =
      velocity && nesterov ? b.op('Add', [gradient, b.op('Mul', [velocity, b.scalar(momentum)])]) : velocity;
    const change = b.op('Mul', [ahead ?? gradient, parts.scalars.lr]);
    return {
      weight: b.op('Sub', [shrink(b, weightDecay, parts), change]),
      slots: velocity ? { velocity } : {},
    };
  },
};
