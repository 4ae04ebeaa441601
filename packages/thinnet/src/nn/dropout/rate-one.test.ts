/** @file Rate 1, for every kind that takes it: the thinned network and the mean program are the same network. */
import { describe, expect, it } from 'vitest';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { network } from '../build.js';
import { dropout, gaussianDropout, standardDropout } from '../dropout.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import { lstm } from '../recurrent/lstm.js';
import type { Layer } from '../scope.js';
import { alphaDropout, featureAlphaDropout } from './alpha.js';
import { attentionDropout } from './attention.js';
import { batchwiseDropout } from './batchwise.js';
import { dropBlock } from './drop-block.js';
import { dropConnect } from './drop-connect.js';
import { dropPath } from './drop-path.js';
import { embedding } from './embedding.js';
import { spatialDropout } from './spatial.js';
import { variationalDropout } from './variational.js';

/** Both programs' outputs for [1, 2, 3, …]. */
async function outputs(layer: Layer, input: readonly number[]): Promise<[mean: number[], thinned: number[]]> {
  const built = network({ input, seed: 1 }, layer);
  const size = input.reduce((a, b) => a * b, 2);
  const x = floats(
    [2, ...input],
    Array.from({ length: size }, (_, i) => i + 1),
  );
  const mean = await runGraph(meanProgram(built), { x });
  const noise = noiseFeeds(built, 2, { seed: 1, step: 0 });
  const thinned = await runGraph(thinnedProgram(built), { x, ...noise });
  return [Array.from(mean.y?.data as Float32Array), Array.from(thinned.y?.data as Float32Array)];
}

const plane = [3, 4, 4];

describe('at rate 1', () => {
  it.each<[string, Layer, readonly number[]]>([
    ['dropout', dropout(1), [6]],
    ['standard', standardDropout(1), [6]],
    ['alpha', alphaDropout(1), [6]],
    ['featureAlpha', featureAlphaDropout(1), plane],
    ['spatial', spatialDropout(1), plane],
    ['dropblock', dropBlock(1, { blockSize: 2 }), plane],
    ['variational', variationalDropout(1), [3, 4]],
    ['depth', dropPath(1), [6]],
    ['attention', attentionDropout(1), [4, 4]],
    ['batchwise', batchwiseDropout(1), [6]],
    ['dropconnect', dropConnect(5, 1), [6]],
    ['embedding', embedding(13, 5, { rate: 1 }), [6]],
  ])('%s gives zeros, thinned and at inference', async (_, layer, input) => {
    for (const output of await outputs(layer, input))
      expect(new Set(output.map((y) => y + 0))).toEqual(new Set([0]));
  });

  it.each<[string, Layer]>([
    ['its input', lstm(3, { dropout: 1 })],
    ['its state', lstm(3, { recurrentDropout: 1 })],
  ])('a recurrent layer reads nothing of %s, thinned and at inference', async (_, layer) => {
    const [mean, thinned] = await outputs(layer, [3, 4]);
    for (const [i, y] of thinned.entries()) expect(mean[i]).toBeCloseTo(y, 6);
  });

  it('gaussian is refused: its variance has no bound', () => {
    expect(() => gaussianDropout(1)).toThrow('its rate reaches 1');
  });
});
