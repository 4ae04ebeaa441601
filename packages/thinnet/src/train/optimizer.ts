/** @file Optimizers as data; `optimizers/` writes each into the training step. */
import { shown, ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';

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

const sgdKeys: KeysOf<SgdOptions> = { momentum: true, nesterov: true, weightDecay: true };
const decayKeys: KeysOf<WeightDecay> = { kind: true, rate: true };

/** Stochastic gradient descent; the learning rate comes from the schedule. */
export function sgd(options: SgdOptions = {}): Optimizer {
  checkOptions('sgd', options, sgdKeys);
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

const adamKeys: KeysOf<AdamOptions & { readonly weightDecay?: WeightDecay }> = {
  beta1: true,
  beta2: true,
  epsilon: true,
  weightDecay: true,
};

/** Adam; a weight decay may be of either kind. Defaults as in the paper: 0.9, 0.999, 1e-8. */
export function adam(options: AdamOptions & { readonly weightDecay?: WeightDecay } = {}): Optimizer {
  checkOptions('adam', options, adamKeys);
  const epsilon = options.epsilon ?? 1e-8;
  if (!(typeof epsilon === 'number' && epsilon > 0))
    throw new ThinnetError(`adam: epsilon is ${shown(epsilon)}; it must be above 0`);
  return {
    kind: 'adam',
    beta1: unit('adam', 'beta1', options.beta1 ?? 0.9),
    beta2: unit('adam', 'beta2', options.beta2 ?? 0.999),
    epsilon,
    ...decay('adam', options.weightDecay),
  };
}

/** Adam with decoupled weight decay of the given rate (default 0.01). */
export function adamW(options: AdamOptions & { readonly weightDecay?: number } = {}): Optimizer {
  checkOptions('adamW', options, adamKeys);
  const { weightDecay: rate = 0.01 } = options;
  if (typeof rate !== 'number')
    throw new ThinnetError(
      `adamW: weightDecay is ${shown(rate)}; it must be a number, the rate of decoupled decay (adam takes other kinds)`,
    );
  return adam({ ...options, weightDecay: { kind: 'decoupled', rate } });
}

function unit(optimizer: string, name: string, x: number): number {
  if (!(typeof x === 'number' && x >= 0 && x < 1))
    throw new ThinnetError(`${optimizer}: ${name} is ${shown(x)}; it must be at least 0 and below 1`);
  return x;
}

function decay(optimizer: string, weightDecay: WeightDecay | undefined): { weightDecay?: WeightDecay } {
  if (weightDecay === undefined) return {};
  if (typeof weightDecay !== 'object' || weightDecay === null) {
    const rate = typeof weightDecay === 'number' ? weightDecay : 1e-4;
    throw new ThinnetError(
      `${optimizer}: weightDecay is ${shown(weightDecay)}; say of which kind: { kind: 'l2', rate: ${rate} } or { kind: 'decoupled', rate: ${rate} }`,
    );
  }
  const { kind, rate } = weightDecay;
  checkOptions(`${optimizer}: weightDecay`, weightDecay, decayKeys);
  if (kind !== 'l2' && kind !== 'decoupled')
    throw new ThinnetError(
      `${optimizer}: kind of its weightDecay is ${shown(kind)}; it must be 'l2' or 'decoupled'`,
    );
  if (!(rate >= 0 && Number.isFinite(rate)))
    throw new ThinnetError(`${optimizer}: weightDecay is ${shown(rate)}; it must be 0 or more`);
  return rate === 0 ? {} : { weightDecay };
}
