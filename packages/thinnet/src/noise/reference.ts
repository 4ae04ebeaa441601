/** @file The plain TypeScript implementation of all noise, which all others are held against. */
import { applyDropout, fillBernoulli, fillBits, keptIndices } from './bernoulli.js';
import { fillBlocks } from './blocks.js';
import type { NoiseKernels } from './draws.js';
import { fillGaussianNoise } from './gaussian.js';
import { fillUniformNoise } from './uniform.js';

export const referenceKernels: NoiseKernels = {
  name: 'typescript',
  fillBernoulli,
  fillBits,
  keptIndices,
  applyDropout,
  fillUniform: fillUniformNoise,
  fillGaussian: fillGaussianNoise,
  fillBlocks,
};
