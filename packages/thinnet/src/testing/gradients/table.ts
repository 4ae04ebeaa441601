/** @file The cases by operator: a rule without cases does not compile, nor do cases without a rule. */
import type fc from 'fast-check';
import type { DifferentiableOperator } from '../../grad/table.js';
import { algebra } from './algebra.js';
import type { Case } from './case.js';
import { activation, elementwise } from './elementwise.js';
import { enlarging } from './enlarge.js';
import { movement } from './movement.js';
import { normalization } from './normalize.js';
import { scattering } from './scatter.js';
import { windowed } from './windows.js';

export const cases: Readonly<Record<DifferentiableOperator, fc.Arbitrary<Case>>> = {
  ...elementwise,
  ...activation,
  ...algebra,
  ...windowed,
  ...normalization,
  ...movement,
  ...enlarging,
  ...scattering,
};
