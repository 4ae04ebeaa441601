/** @file Predictive distributions and uncertainties are PyTorch's for the same weights and masks. */
import { expect, it } from 'vitest';
import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { conv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { dropout } from '../nn/dropout.js';
import { flatten } from '../nn/reshape.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { noiseFeeds } from '../testing/noise.js';
import { describeTorch, torch } from '../testing/torch.js';
import { monteCarlo } from './compiled.js';

const script = `
import json, sys, torch
import torch.nn.functional as F
q = json.load(sys.stdin)
p = {n: torch.tensor(d, dtype=torch.float64).reshape(s) for n, (s, d) in q['parameters'].items()}
x = torch.tensor(q['x'], dtype=torch.float64).reshape(q['shape'])
draws = []
for masks in q['masks']:
    spatial, dropped = [torch.tensor(d, dtype=torch.float64).reshape(s) for s, d in masks]
    h = F.relu(F.conv2d(x, p['conv2d1.weight'], p['conv2d1.bias'])) * spatial
    h = F.relu(h.flatten(1) @ p['dense1.weight'] + p['dense1.bias']) * dropped
    draws.append(F.softmax(h @ p['dense2.weight'] + p['dense2.bias'], 1))
t = torch.stack(draws)
entropy = lambda ps: torch.distributions.Categorical(probs=ps).entropy()
mean = t.mean(0)
commonest = t.argmax(2).mode(0).values
print(json.dumps({
    'probabilities': mean.flatten().tolist(),
    'std': t.std(0, unbiased=False).flatten().tolist(),
    'entropy': entropy(mean).tolist(),
    'expectedEntropy': entropy(t).mean(0).tolist(),
    'mutualInformation': (entropy(mean) - entropy(t).mean(0)).tolist(),
    'variationRatio': (1 - (t.argmax(2) == commonest).double().mean(0)).tolist(),
}))`;

describeTorch('Monte Carlo dropout and PyTorch', () => {
  it('agree on everything that is said of 20 examples, to 1e-5', async () => {
    const net = network(
      { input: [2, 5, 5], seed: 2 },
      ...[conv2d(6, { kernel: 3 }), relu(), spatialDropout(0.3), flatten()],
      ...[dense(16), relu(), dropout(0.5), dense(4)],
    );
    const [examples, draws] = [20, 30];
    const x = Float32Array.from({ length: examples * 50 }, (_, i) => 2 * Math.sin(1 + i * 1.7));
    const mc = await monteCarlo(net, undefined, nodeRuntime, { seed: 6, draws, threads: 1 });
    const seen = await mc.classify(x);
    await mc.release();

    const weights = new Map(net.graph.initializers.map(({ name, data }) => [name, data as Float32Array]));
    const expected = torch(script, {
      x: [...x],
      shape: [examples, 2, 5, 5],
      parameters: Object.fromEntries(
        net.parameters.map(({ name, shape }) => [name, [shape, [...(weights.get(name) ?? [])]]]),
      ),
      masks: Array.from({ length: draws }, (_, step) =>
        Object.values(noiseFeeds(net, examples, { seed: 6, step })).map(({ dims, data }) => [
          dims,
          [...data],
        ]),
      ),
    }) as Record<string, readonly number[]>;
    for (const [name, values] of Object.entries(expected)) {
      const ours = seen[name as 'entropy'];
      expect(ours, name).toHaveLength(values.length);
      for (const [i, value] of values.entries())
        expect(Math.abs((ours[i] as number) - value), `${name} ${i}`).toBeLessThan(1e-5);
    }
    expect(Object.keys(expected)).toHaveLength(6);
    expect(Math.max(...(expected.mutualInformation as number[]))).toBeGreaterThan(0.02);
  });
});
