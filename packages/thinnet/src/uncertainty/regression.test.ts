/** @file Predictive likelihood and model precision: known answers and PyTorch. */
import { describe, expect, it } from 'vitest';
import { describeTorch, torch } from '../testing/torch.js';
import { modelPrecision, predictiveLogLikelihood } from './regression.js';

describe('modelPrecision', () => {
  it('is keep · l² / (2 N λ)', () => {
    const terms = { lengthScale: 10, rate: 0.05, weightDecay: 1e-3, examples: 475 };
    expect(modelPrecision(terms)).toBeCloseTo((0.95 * 100) / (2 * 475 * 1e-3), 12);
  });

  it.each([
    [{ lengthScale: 0 }, 'modelPrecision: lengthScale is 0; it must be above 0'],
    [{ weightDecay: -1 }, 'modelPrecision: weightDecay is -1; it must be above 0'],
    [{ examples: Number.NaN }, 'modelPrecision: examples is NaN; it must be above 0'],
    [{ rate: 1 }, 'modelPrecision: rate is 1; it must be at least 0 and below 1'],
  ])('refuses %o', (change, message) => {
    const terms = { lengthScale: 1, rate: 0.5, weightDecay: 1, examples: 1, ...change };
    expect(() => modelPrecision(terms)).toThrow(message);
  });
});

describe('predictiveLogLikelihood', () => {
  it('of one draw is the log density of a normal distribution', () => {
    // N(1 | 0, 1): −½ ln 2π − ½
    const seen = predictiveLogLikelihood([0], [1], { outputs: 1, noiseVariance: 1 });
    expect(seen[0]).toBeCloseTo(-0.5 * Math.log(2 * Math.PI) - 0.5, 14);
  });

  it('stays finite for targets that are far from all draws', () => {
    const seen = predictiveLogLikelihood([0, 1], [1e4], { outputs: 1, noiseVariance: 1e-2 });
    expect(seen[0]).toBeCloseTo(-0.5 * Math.log(2 * Math.PI * 1e-2) - Math.log(2) - 50 * 9999 ** 2, -1);
  });

  it('refuses lengths that contradict each other, and no noise', () => {
    expect(() => predictiveLogLikelihood([1, 2, 3], [1, 2], { outputs: 1, noiseVariance: 1 })).toThrow(
      'predictiveLogLikelihood: 3 sampled outputs and 2 targets are no draws of examples with 1 outputs',
    );
    expect(() => predictiveLogLikelihood([1, 2], [1, 2], { outputs: 1, noiseVariance: 0 })).toThrow(
      'noiseVariance is 0; it must be above 0',
    );
  });
});

describeTorch('with PyTorch', () => {
  it('is the log density of the mixture of normal distributions', () => {
    const [draws, examples, outputs, noiseVariance] = [7, 5, 3, 0.3];
    const samples = Array.from({ length: draws * examples * outputs }, (_, i) => Math.sin(3 * i));
    const targets = Array.from({ length: examples * outputs }, (_, i) => Math.cos(2 * i));
    const script = `
import json, sys, torch
q = json.load(sys.stdin)
f = torch.tensor(q['samples'], dtype=torch.float64).reshape(q['shape'])
y = torch.tensor(q['targets'], dtype=torch.float64).reshape(q['shape'][1:])
normal = torch.distributions.Independent(torch.distributions.Normal(f.transpose(0, 1), q['noiseVariance'] ** 0.5), 1)
mixture = torch.distributions.MixtureSameFamily(torch.distributions.Categorical(torch.ones(y.shape[0], f.shape[0])), normal)
print(json.dumps(mixture.log_prob(y).tolist()))`;
    const expected = torch(script, {
      samples,
      targets,
      shape: [draws, examples, outputs],
      noiseVariance,
    }) as number[];
    const seen = predictiveLogLikelihood(samples, targets, { outputs, noiseVariance });
    for (const [i, value] of expected.entries()) expect(seen[i]).toBeCloseTo(value, 6);
  });
});
