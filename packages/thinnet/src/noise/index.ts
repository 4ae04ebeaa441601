/** @file What the rest of Thinnet, and its users, take from `noise/`. */
export { fillBernoulli } from './bernoulli.js';
export { type Purpose, purposes, type Stream } from './counter.js';
export type {
  BernoulliDraw,
  BitsDraw,
  BlocksDraw,
  Draw,
  DropoutDraw,
  GaussianDraw,
  IndicesDraw,
  MaskDraw,
  NoiseKernels,
} from './draws.js';
export { NoiseArena, noiseArrays } from './kernels/arena.js';
export { defaultKernels, simdKernels } from './kernels/simd.js';
export { blockGamma } from './kinds/dropblock.js';
export type { NoiseRule, SiteDraw } from './kinds/rule.js';
export {
  expectationOf,
  expectations,
  fillNoise,
  kinds,
  type NoiseDraw,
  replacements,
  ruleOf,
} from './kinds.js';
export { philox4x32 } from './philox.js';
export { fillNormal, fillUniform, permutation } from './random.js';
export { checkRate } from './rate.js';
export { referenceKernels } from './reference.js';
export {
  curriculumRate,
  earlyRate,
  lateRate,
  linearDepthRates,
  linearRate,
  type Rate,
  type RateSchedule,
  rateAt,
} from './schedule.js';
export type { MeanValue, NoiseKind, NoiseSite, SiteBase, SiteFields } from './site.js';
