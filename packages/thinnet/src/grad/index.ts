/** @file Gradients: what is public. */
export { type Seed, gradientOf, gradients } from './gradients.js';
export type { Rule, RuleContext } from './rule.js';
export { type DifferentiableOperator, differentiableOperators } from './table.js';
