/** @file Twenty steps of a convolutional network with batch normalisation end with PyTorch's weights and statistics. */
import { expect, it } from 'vitest';
import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { conv2d, depthwiseConv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { learned } from '../nn/network.js';
import { batchNorm } from '../nn/normalize.js';
import { avgPool, globalAvgPool, maxPool } from '../nn/pool.js';
import { flatten } from '../nn/reshape.js';
import type { Layer } from '../nn/scope.js';
import { randomDataset } from '../testing/dataset.js';
import { describeTorch, torch } from '../testing/torch.js';
import { initialTensors, relative, stepsOf, trainSteps } from '../testing/trajectory.js';
import { crossEntropy } from './loss.js';
import { adam, type Optimizer, sgd } from './optimizer.js';
import type { TrainingPlan } from './plan.js';
import { constant } from './schedule.js';

const script = `
import json, sys, torch
import torch.nn.functional as F
q = json.load(sys.stdin)
t = {n: torch.tensor(d, dtype=torch.float32).reshape(s) for n, (s, d) in q['tensors'].items()}
p = {n: t[n].requires_grad_() for n in q['parameters']}
o = q['optimizer']
if o['kind'] == 'sgd': opt = torch.optim.SGD(list(p.values()), lr=q['lr'], momentum=o['momentum'])
else: opt = torch.optim.Adam(list(p.values()), lr=q['lr'], betas=(o['beta1'], o['beta2']), eps=o['epsilon'])
def conv(name, x, **options): return F.conv2d(x, p[name + '.weight'], p.get(name + '.bias'), **options)
def dense(name, x): return x @ p[name + '.weight'] + p[name + '.bias']
def norm(name, x, training):
    return F.batch_norm(x, t[name + '.mean'], t[name + '.variance'], p[name + '.scale'], p[name + '.bias'], training, 0.1, 1e-5)
exec(q['forward'])
losses = []
for step in q['steps']:
    x = torch.tensor(step['x']).reshape([-1] + q['input'])
    loss = F.cross_entropy(forward(x, [torch.tensor(d).reshape(s) for s, d in step['masks']], True), torch.tensor(step['y']))
    losses.append(loss.item())
    opt.zero_grad(); loss.backward(); opt.step()
with torch.no_grad(): outputs = forward(torch.tensor(q['test']).reshape([-1] + q['input']), [1.0, 1.0], False)
json.dump({'losses': losses, 'outputs': outputs.flatten().tolist(), 'tensors': {n: v.flatten().tolist() for n, v in t.items()}}, sys.stdout)
`;

interface Case {
  readonly title: string;
  readonly optimizer: Optimizer;
  readonly rate: number;
  readonly layers: readonly Layer[];
  /** Defines forward(x, masks, training) in Python. */
  readonly forward: string;
}

const cases: readonly Case[] = [
  {
    title: 'conv – norm – relu – pool – spatial mask – conv – norm – relu – pool – dense',
    optimizer: sgd({ momentum: 0.9 }),
    rate: 0.02,
    layers: [
      conv2d(8, { kernel: 3, padding: 'same', bias: false }),
      batchNorm(),
      relu(),
      maxPool({ kernel: 2 }),
      dropout(0.25, { noiseShape: [null, null, 1, 1] }),
      conv2d(20, { kernel: 3, padding: 1, stride: 2 }),
      batchNorm(),
      relu(),
      conv2d(8, { kernel: 3, padding: 'same' }),
      maxPool({ kernel: 3, stride: 2, padding: 1 }),
      flatten(),
      dense(16),
      batchNorm(),
      relu(),
      dropout(0.5),
      dense(4),
    ],
    forward: `
def forward(x, masks, training):
    h = F.max_pool2d(F.relu(norm('batchNorm1', conv('conv2d1', x, padding=1), training)), 2) * masks[0]
    h = F.relu(norm('batchNorm2', conv('conv2d2', h, padding=1, stride=2), training))
    h = F.max_pool2d(conv('conv2d3', h, padding=1), 3, 2, 1).flatten(1)
    return dense('dense2', F.relu(norm('batchNorm3', dense('dense1', h), training)) * masks[1])
`,
  },
  {
    title: 'depthwise and grouped convolutions, average pools',
    optimizer: adam(),
    rate: 0.005,
    layers: [
      conv2d(4, { kernel: [3, 2], padding: [1, 0], bias: false }),
      batchNorm(),
      relu(),
      depthwiseConv2d({ kernel: 3, padding: 'same', multiplier: 2 }),
      dropout(0.3, { noiseShape: [null, null, 1, 1] }),
      avgPool({ kernel: 2 }),
      conv2d(6, { kernel: 3, groups: 2, dilation: 2, padding: 'same', bias: false }),
      batchNorm(),
      relu(),
      dropout(0.2),
      avgPool({ kernel: 3, stride: 2, padding: 1 }),
      globalAvgPool(),
      dense(4),
    ],
    forward: `
def forward(x, masks, training):
    h = F.relu(norm('batchNorm1', conv('conv2d1', x, padding=(1, 0)), training))
    h = F.avg_pool2d(conv('depthwiseConv2d1', h, padding=1, groups=4) * masks[0], 2)
    h = F.relu(norm('batchNorm2', conv('conv2d2', h, padding=2, dilation=2, groups=2), training)) * masks[1]
    return dense('dense1', F.avg_pool2d(h, 3, 2, 1, False, False).mean((2, 3)))
`,
  },
];

const steps = 20;
const batch = 12;
const input = [2, 10, 9];
/** Biases that normalisation takes away are all but 0. */
const nothing = 1e-6;

describeTorch(
  'a trajectory of a CNN with batch normalisation equals PyTorch’s to 1e-3 relative after 20 steps',
  () => {
    it.each(cases)('$title', async ({ optimizer, rate, layers, forward }) => {
      const net = network({ input, seed: 3 }, ...layers);
      const train = randomDataset({ length: steps * batch, shape: input, classes: 4, seed: 1 });
      const test = randomDataset({ length: 7, shape: input, classes: 4, seed: 2 });
      const plan: TrainingPlan = {
        network: net,
        loss: crossEntropy(),
        optimizer,
        schedule: constant(rate),
        batchSize: batch,
        seed: 7,
        stepsPerRun: 7,
      };
      const { losses, state, outputs } = await trainSteps(plan, { train, test }, steps);

      const names = new Set(learned(net).map(({ name }) => name));
      const theirs = torch(script, {
        tensors: initialTensors(net, names),
        parameters: net.parameters.map(({ name }) => name),
        optimizer,
        lr: rate,
        forward,
        input,
        test: Array.from(test.features),
        steps: stepsOf(plan, train, steps).map(({ masks, ...batch }) => ({
          ...batch,
          masks: masks.map(({ tensor }) => tensor),
        })),
      }) as { losses: number[]; outputs: number[]; tensors: Record<string, number[]> };

      expect(relative(losses, theirs.losses, nothing)).toBeLessThan(1e-3);
      for (const name of names)
        expect(
          relative(state[name] as Float32Array, theirs.tensors[name] as number[], nothing),
          name,
        ).toBeLessThan(1e-3);
      expect(relative(outputs, theirs.outputs, nothing), 'the mean program').toBeLessThan(1e-3);
      expect(net.statistics.map(({ name }) => name)).toContain('batchNorm1.variance');
    });
  },
);
