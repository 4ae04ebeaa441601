/** @file The optimizers by kind. */
import type { Optimizer } from '../optimizer.js';
import { adamRule } from './adam.js';
import type { OptimizerRule } from './rule.js';
import { sgdRule } from './sgd.js';

export const optimizers: {
  readonly [K in Optimizer['kind']]: OptimizerRule<Extract<Optimizer, { kind: K }>>;
} = {
  sgd: sgdRule,
  adam: adamRule,
};

/** The rule of an optimizer, seen without its kind. */
export const optimizerRule = (optimizer: Optimizer): OptimizerRule<Optimizer> =>
  optimizers[optimizer.kind] as OptimizerRule<Optimizer>;
