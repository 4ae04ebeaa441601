/** @file Optimizers as data; `optimizers/` writes each into the training step. */
import { ThinnetError } from '../error.js';

/** Weight decay of strength λ on parameters whose role is `weight`. */
export type WeightDecay =
  /** Adds λ·w to the gradient: the L2 penalty (λ/2)·‖w‖². */
  | { readonly kind: 'l2'; readonly rate: number }
  /** Subtracts lr·λ·w from the weight, apart from the gradient (Loshchilov & Hutter 2019, algorithm 2). */
  | { readonly kind: 'decoupled'; readonly rate: number };

export type Optimizer =
  /** v ← momentum·v + g; w ← w − lr·v, or with Nesterov w ← w − lr·(g + momentum·v) (Sutskever et al. 2013, in PyTorch's form). */
  | {
      readonly kind: 'sgd';
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay?: WeightDecay;
    }
  /** m ← β1·m + (1 − β1)·g; v ← β2·v + (1 − β2)·g²; w ← w − lr·m̂/(√v̂ + ε) (Kingma & Ba 2015, algorithm 1). */
  | {
      readonly kind: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay?: WeightDecay;
    };

export interface SgdOptions {
  /** 0 (default) to below 1. */
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly weightDecay?: WeightDecay;
}

/** Stochastic gradient descent; the learning rate comes from the schedule. */
export function sgd(options: SgdOptions = {}): Optimizer {
  const momentum = unit('sgd', 'momentum', options.momentum ?? 0);
  const nesterov = options.nesterov ?? false;
  if (nesterov && momentum === 0) throw new ThinnetError('sgd: nesterov needs a momentum above 0');
  return { kind: 'sgd', momentum, nesterov, ...decay('sgd', options.weightDecay) };
}

export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** Adam; a weight decay may be of either kind. Defaults as in the paper: 0.9, 0.999, 1e-8. */
export function adam(options: AdamOptions & { readonly weightDecay?: WeightDecay } = {}): Optimizer {
  const epsilon = options.epsilon ?? 1e-8;
  if (!(epsilon > 0)) throw new ThinnetError(`adam: epsilon is ${epsilon}; it must be above 0`);
  return {
    kind: 'adam',
    beta1: unit('adam', 'beta1', options.beta1 ?? 0.9),
    beta2: unit('adam', 'beta2', options.beta2 ?? 0.999),
    epsilon,
    ...decay('adam', options.weightDecay),
  };
}

/** Adam with decoupled weight decay of the given rate (default 0.01). */
export const adamW = (options: AdamOptions & { readonly weightDecay?: number } = {}): Optimizer =>
  adam({ ...options, weightDecay: { kind: 'decoupled', rate: options.weightDecay ?? 0.01 } });

function unit(optimizer: string, name: string, x: number): number {
  if (!(x >= 0 && x < 1))
    throw new ThinnetError(`${optimizer}: ${name} is ${x}; it must be at least 0 and below 1`);
  return x;
}

function decay(optimizer: string, weightDecay: WeightDecay | undefined): { weightDecay?: WeightDecay } {
  if (weightDecay === undefined || weightDecay.rate === 0) return {};
  if (!(weightDecay.rate > 0 && Number.isFinite(weightDecay.rate)))
    throw new ThinnetError(`${optimizer}: weightDecay is ${weightDecay.rate}; it must be 0 or more`);
  return { weightDecay };
}
