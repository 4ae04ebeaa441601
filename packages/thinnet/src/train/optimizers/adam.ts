/** @file Adam and AdamW (Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2). */
import type { Optimizer } from '../optimizer.js';
import { addPenalty, shrink } from './decay.js';
import type { OptimizerRule } from './rule.js';

type Adam = Extract<Optimizer, { kind: 'adam' }>;

/** The bias corrections depend on the step alone, so they enter as scalars: rate = lr/(1 − β1^t), root = 1/√(1 − β2^t). */
export const adamRule: OptimizerRule<Adam> = {
  slots: () => ['mean', 'square'],
  scalars: ({ beta1, beta2, weightDecay }, lr, step) => ({
    rate: lr / (1 - beta1 ** (step + 1)),
    root: 1 / Math.sqrt(1 - beta2 ** (step + 1)),
    ...(weightDecay?.kind === 'decoupled' ? { shrinkage: 1 - lr * weightDecay.rate } : {}),
  }),
  update: (b, { beta1, beta2, epsilon, weightDecay }, parts) => {
    const { slots, scalars } = parts;
    const gradient = addPenalty(b, weightDecay, parts);
    const mix = (old: typeof gradient | undefined, beta: number, fresh: typeof gradient) =>
      b.op('Add', [b.op('Mul', [old, b.scalar(beta)]), b.op('Mul', [fresh, b.scalar(1 - beta)])]);
    const mean = mix(slots.mean, beta1, gradient);
    const square = mix(slots.square, beta2, b.op('Mul', [gradient, gradient]));
    const denominator = b.op('Add', [b.op('Mul', [b.op('Sqrt', [square]), scalars.root]), b.scalar(epsilon)]);
    const change = b.op('Mul', [b.op('Div', [mean, denominator]), scalars.rate]);
    return { weight: b.op('Sub', [shrink(b, weightDecay, parts), change]), slots: { mean, square } };
  },
};
