/** @file The cases by operator: a rule without cases does not compile, nor do cases without a rule. */
import type fc from 'fast-check';
import type { DifferentiableOperator } from '../../grad/table.js';
import { algebra } from './algebra.js';
import type { Case } from './case.js';
import { activation, elementwise } from './elementwise.js';
import { movement } from './movement.js';

export const cases: Readonly<Record<DifferentiableOperator, fc.Arbitrary<Case>>> = {
  ...elementwise,
  ...activation,
  ...algebra,
  ...movement,
};
