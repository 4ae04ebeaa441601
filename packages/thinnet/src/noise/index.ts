/** @file What the rest of Thinnet, and its users, take from `noise/`. */
export { type BernoulliDraw, fillBernoulli, type NoiseKernels, referenceKernels } from './bernoulli.js';
export { type Purpose, purposes, type Stream } from './counter.js';
export { expectations, fillNoise, kinds, type NoiseDraw, type NoiseRule, ruleOf } from './kinds.js';
export { philox4x32 } from './philox.js';
export { fillNormal, fillUniform, permutation } from './random.js';
export { checkRate } from './rate.js';
export type { NoiseKind, NoiseSite } from './site.js';
