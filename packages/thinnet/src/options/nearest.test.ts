/** @file Which name a misspelt one meant. */
import { expect, it } from 'vitest';
import { nearest } from './nearest.js';

const names = ['noiseShape', 'name', 'earlyStopping', 'maxNorm', 'lr'];

it.each([
  ['noiseshape', 'noiseShape'],
  ['noiseShap', 'noiseShape'],
  ['earlyStoping', 'earlyStopping'],
  ['earlyStoppnig', 'earlyStopping'],
  ['max_norm', 'maxNorm'],
  ['nmae', 'name'],
  ['lR', 'lr'],
  ['dropout', undefined],
])('%s is taken for %s', (given, meant) => {
  expect(nearest(given, names)).toBe(meant);
});
