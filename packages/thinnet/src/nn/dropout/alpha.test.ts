/** @file Alpha dropout keeps mean and variance, whatever the rate, constant or scheduled. */
import { describe, expect, it } from 'vitest';
import { alphaScale, alphaShift, saturation } from '../../noise/kinds/alpha.js';
import { fillNormal } from '../../noise/random.js';
import { linearRate } from '../../noise/schedule.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { normalTail } from '../../testing/probability.js';
import { runGraph } from '../../testing/run.js';
import { network } from '../build.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import { alphaDropout, featureAlphaDropout } from './alpha.js';

const LEVEL = 1e-4;

describe('alphaDropout', () => {
  it.each([0.05, 0.1, 0.3, 0.5, 0.8])(
    'keeps mean 0 and variance 1 of standardised input at rate %f',
    async (rate) => {
      const [examples, features] = [400, 100];
      const built = network({ input: [features], seed: 1 }, alphaDropout(rate));
      const n = examples * features;
      const x = floats([examples, features], new Float32Array(n));
      fillNormal(x.data, 9, 0, 0, 1);
      const { y } = await runGraph(thinnedProgram(built), {
        x,
        ...noiseFeeds(built, examples, { seed: 2, step: 0 }),
      });
      const values = y?.data as Float32Array;
      const moment = (k: number) => values.reduce((sum, v) => sum + v ** k, 0) / n;
      expect(normalTail(moment(1) / Math.sqrt(moment(2) / n))).toBeGreaterThan(LEVEL);
      expect(normalTail((moment(2) - 1) / Math.sqrt((moment(4) - moment(2) ** 2) / n))).toBeGreaterThan(
        LEVEL,
      );
    },
  );

  it('has the a and b of the paper, section 3: dropped units become a·α′ + b, others a·x + b', () => {
    for (const rate of [0.1, 0.5, 0.9]) {
      const q = 1 - rate;
      const a = (q + saturation ** 2 * q * (1 - q)) ** -0.5;
      const b = -a * (1 - q) * saturation;
      expect(alphaScale(rate)).toBeCloseTo(a, 12);
      expect(alphaShift(rate)).toBeCloseTo(a * saturation + b, 12);
      expect((2.5 - saturation) * alphaScale(rate) + alphaShift(rate)).toBeCloseTo(a * 2.5 + b, 12);
    }
    expect([alphaScale(0), alphaScale(1), alphaShift(1)]).toEqual([1, 0, -0]);
  });

  it('takes a scheduled rate as data: at each step it is the layer of that constant rate', async () => {
    const layers = [alphaDropout, featureAlphaDropout] as const;
    for (const layer of layers) {
      const input = layer === alphaDropout ? [6] : [6, 2];
      const scheduled = network({ input, seed: 1 }, layer(linearRate(0.2, 0.6, 2)));
      expect(scheduled.sites.map((site) => [site.id, site.input])).toEqual([
        [0, `noise.${layer.name}1`],
        [1, `noise.${layer.name}1.shift`],
      ]);
      const size = 3 * input.reduce((a, b) => a * b);
      const x = floats(
        [3, ...input],
        Array.from({ length: size }, (_, i) => Math.sin(i)),
      );
      for (const [step, rate] of [0.2, 0.4, 0.6, 0.6].entries()) {
        const constant = network({ input, seed: 1 }, layer(rate));
        const draw = { seed: 1, step };
        const seen = await runGraph(scheduled.graph, { x, ...noiseFeeds(scheduled, 3, draw) });
        const expected = await runGraph(constant.graph, { x, ...noiseFeeds(constant, 3, draw) });
        expect(seen).toEqual(expected);
      }
      const mean = meanProgram(scheduled);
      expect(mean.inputs.map((info) => info.name)).toEqual(['x']);
      expect((await runGraph(mean, { x })).y).toEqual(x);
    }
  });
});
