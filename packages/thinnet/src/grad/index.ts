/** @file Gradients: what is public. */
export { nodesWithoutGradient } from './blocked.js';
export { gradientOf, gradients, type Seed } from './gradients.js';
export type { Rule, RuleContext } from './rule.js';
export { type DifferentiableOperator, differentiableOperators } from './table.js';
