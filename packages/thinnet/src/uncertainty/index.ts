/** @file What users take from `uncertainty/`. */
export { type CompiledOptions, monteCarlo, monteCarloOfOnnx } from './compiled.js';
export {
  type ClassSummary,
  type Draws,
  expectedEntropy,
  mutualInformation,
  predictiveEntropy,
  variationRatio,
} from './entropy.js';
export {
  type AskOptions,
  type ClassUncertainty,
  type MonteCarlo,
  type MonteCarloOptions,
  monteCarloOver,
  type RegressionUncertainty,
  type ThinnedSource,
} from './monte-carlo.js';
export type { OutputKind } from './outputs.js';
export { modelPrecision, type PrecisionTerms, predictiveLogLikelihood } from './regression.js';
