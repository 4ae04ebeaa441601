/** @file The small network on ONNX Runtime in Node: the same files run in the page. */

import { nodeRuntime } from 'thinnet/node';
import { describe, expect, it } from 'vitest';
import { flowers, mean, std } from './flowers.js';
import { Looker } from './look.js';
import type { Pass, Question } from './pass.js';

const question: Question = { rate: 0.4, seed: 3, step: 2, flower: 1 };

/** The loss of a pass with one activation behind a hidden layer's dropout shifted, by plain arithmetic. */
function lossWith(pass: Pass, layer: 0 | 1, unit: number, shift: number): number {
  const out = (
    x: readonly number[],
    { weight, bias }: { weight: readonly number[]; bias: readonly number[] },
  ) => bias.map((b, j) => x.reduce((sum, xi, i) => sum + xi * (weight[i * bias.length + j] as number), b));
  let x: readonly number[] = pass.hidden[0].activation;
  for (const at of [0, 1] as const) {
    const { factor } = pass.hidden[at];
    if (at === 1) x = out(x, pass.hidden[1]).map(Math.tanh);
    const shifted = x.map((a, i) => (at === layer && i === unit ? a + shift : a));
    x = shifted.map((a, i) => a * (factor[i] as number));
  }
  const z = out(x, pass.output);
  return Math.log(z.reduce((sum, zi) => sum + Math.exp(zi), 0)) - (z[pass.target] as number);
}

describe('a pass through the small network', () => {
  it('has the gradients of finite differences, and exactly 0 at dropped units', async () => {
    const passes = await new Looker(nodeRuntime).look(question);
    for (const variant of ['inverted', 'standard'] as const) {
      const pass = passes[variant].training;
      for (const layer of [0, 1] as const)
        for (const [unit, factor] of pass.hidden[layer].factor.entries()) {
          const gradient = pass.hidden[layer].back?.activation[unit] as number;
          const h = 1e-3;
          const difference = (lossWith(pass, layer, unit, h) - lossWith(pass, layer, unit, -h)) / (2 * h);
          if (factor === 0) expect(Math.abs(gradient)).toBe(0);
          // Central differences err by h², float32 by about 1e-6.
          else expect(Math.abs(gradient - difference)).toBeLessThan(1e-5);
        }
    }
  });

  it('has at inference the expectation of the noise for a factor', async () => {
    const passes = await new Looker(nodeRuntime).look(question);
    const [inverted, standard] = [passes.inverted.inference, passes.standard.inference];
    for (const layer of [0, 1] as const) {
      expect(inverted.hidden[layer].scaled).toEqual(inverted.hidden[layer].activation);
      for (const [unit, a] of standard.hidden[layer].activation.entries())
        expect(standard.hidden[layer].scaled[unit]).toBeCloseTo(0.6 * a, 6);
      expect(inverted.hidden[layer].back).toBeUndefined();
    }
  });

  it('draws the same masks for both variants, others at another step, none at rate 0', async () => {
    const looker = new Looker(nodeRuntime);
    const mask = (pass: Pass) => pass.hidden.flatMap(({ factor }) => factor.map((k) => Number(k !== 0)));
    const first = await looker.look(question);
    expect(mask(first.inverted.training)).toEqual(mask(first.standard.training));
    expect(new Set(first.inverted.training.hidden[0].factor)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    const next = await looker.look({ ...question, step: 3 });
    expect(mask(next.inverted.training)).not.toEqual(mask(first.inverted.training));
    const none = await looker.look({ ...question, rate: 0 });
    expect(mask(none.standard.training)).toEqual(Array.from({ length: 12 }, () => 1));
    expect(none.inverted.training.loss).toBeCloseTo(none.standard.inference.loss, 6);
  });

  it('begins with the flower, standardised', async () => {
    const { inverted } = await new Looker(nodeRuntime).look({ ...question, flower: 2 });
    const expected = flowers[2]?.features.map((x, i) => (x - (mean[i] as number)) / (std[i] as number)) ?? [];
    for (const [i, x] of expected.entries()) expect(inverted.training.input[i]).toBeCloseTo(x, 5);
  });
});
