/** @file Twenty steps of training end with PyTorch's weights, given its initial weights, batches and masks. */
import { expect, it } from 'vitest';
import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { randomDataset } from '../testing/dataset.js';
import { describeTorch, torch } from '../testing/torch.js';
import { initialTensors, relative, stepsOf, trainSteps } from '../testing/trajectory.js';
import { crossEntropy } from './loss.js';
import { adam, adamW, type Optimizer, sgd } from './optimizer.js';
import type { TrainingPlan } from './plan.js';
import { constant, cosine, learningRate, type Schedule } from './schedule.js';

const script = `
import json, sys, torch
import torch.nn.functional as F
q = json.load(sys.stdin)
p = {n: torch.tensor(d, dtype=torch.float32).reshape(s).requires_grad_() for n, (s, d) in q['parameters'].items()}
weights = [v for n, v in p.items() if n.endswith('weight')]
biases = [v for n, v in p.items() if n.endswith('bias')]
o = q['optimizer']
decay = o.get('weightDecay') or {'rate': 0.0}
groups = [{'params': weights, 'weight_decay': decay['rate']}, {'params': biases, 'weight_decay': 0.0}]
if o['kind'] == 'sgd':
    opt = torch.optim.SGD(groups, lr=1.0, momentum=o['momentum'], nesterov=o['nesterov'])
else:
    kind = torch.optim.AdamW if decay.get('kind') == 'decoupled' else torch.optim.Adam
    opt = kind(groups, lr=1.0, betas=(o['beta1'], o['beta2']), eps=o['epsilon'])
losses = []
for step in q['steps']:
    for g in opt.param_groups: g['lr'] = step['lr']
    x = torch.tensor(step['x']).reshape(len(step['y']), -1)
    m = [torch.tensor(a) for a in step['masks']]
    h = x * m[0].reshape(x.shape)
    for i in (1, 2):
        h = F.relu(h @ p[f'dense{i}.weight'] + p[f'dense{i}.bias'])
        h = h * m[i].reshape(h.shape)
    z = h @ p['dense3.weight'] + p['dense3.bias']
    loss = F.cross_entropy(z, torch.tensor(step['y']), label_smoothing=q['smoothing'])
    losses.append(loss.item())
    opt.zero_grad(); loss.backward()
    if q['clip']: torch.nn.utils.clip_grad_norm_(list(p.values()), q['clip'])
    opt.step()
    if q['maxNorm']:
        with torch.no_grad():
            for w in weights: w.copy_(torch.renorm(w.t(), 2, 0, q['maxNorm']).t())
json.dump({'losses': losses, 'parameters': {n: v.flatten().tolist() for n, v in p.items()}}, sys.stdout)
`;

interface Case {
  readonly title: string;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly maxNorm?: number;
  readonly clipNorm?: number;
  readonly labelSmoothing?: number;
}

const cases: readonly Case[] = [
  { title: 'SGD', optimizer: sgd(), schedule: constant(0.1) },
  { title: 'SGD with momentum', optimizer: sgd({ momentum: 0.9 }), schedule: constant(0.05) },
  {
    title: 'SGD with momentum and max-norm',
    optimizer: sgd({ momentum: 0.9 }),
    schedule: constant(0.1),
    maxNorm: 1,
  },
  {
    title: 'Nesterov, L2 penalty, cosine',
    optimizer: sgd({ momentum: 0.9, nesterov: true, weightDecay: { kind: 'l2', rate: 0.01 } }),
    schedule: cosine(0.1, 15),
  },
  {
    title: 'SGD with gradient clipping and label smoothing',
    optimizer: sgd({ momentum: 0.5 }),
    schedule: constant(0.2),
    clipNorm: 0.3,
    labelSmoothing: 0.1,
  },
  { title: 'AdamW', optimizer: adamW({ weightDecay: 0.05 }), schedule: constant(0.003) },
  { title: 'AdamW with max-norm', optimizer: adamW(), schedule: constant(0.01), maxNorm: 1 },
  {
    title: 'Adam with an L2 penalty',
    optimizer: adam({ weightDecay: { kind: 'l2', rate: 0.01 } }),
    schedule: constant(0.003),
  },
];

const steps = 20;
const batch = 16;

describeTorch('a training trajectory of an MLP equals PyTorch’s to 1e-4 relative after 20 steps', () => {
  it.each(cases)('$title', async ({ optimizer, schedule, maxNorm, clipNorm, labelSmoothing = 0 }) => {
    const net = network(
      { input: [20], seed: 3 },
      dropout(0.2),
      dense(32),
      relu(),
      dropout(0.5),
      dense(32),
      relu(),
      dropout(0.5),
      dense(5),
    );
    const train = randomDataset({ length: steps * batch, shape: [20], classes: 5, seed: 1 });
    const plan: TrainingPlan = {
      network: net,
      loss: crossEntropy({ labelSmoothing }),
      optimizer,
      schedule,
      batchSize: batch,
      seed: 7,
      stepsPerRun: 7,
      ...(maxNorm === undefined ? {} : { maxNorm }),
      ...(clipNorm === undefined ? {} : { clipNorm }),
    };
    const { losses, state } = await trainSteps(plan, { train, test: train }, steps);

    const names = new Set(net.parameters.map(({ name }) => name));
    const theirs = torch(script, {
      parameters: initialTensors(net, names),
      optimizer,
      smoothing: labelSmoothing,
      clip: clipNorm ?? 0,
      maxNorm: maxNorm ?? 0,
      steps: stepsOf(plan, train, steps).map(({ masks, ...batch }, step) => ({
        ...batch,
        lr: learningRate(schedule, step),
        masks: masks.map(({ tensor: [, elements] }) => elements),
      })),
    }) as { losses: number[]; parameters: Record<string, number[]> };

    expect(relative(losses, theirs.losses)).toBeLessThan(1e-4);
    for (const { name } of net.parameters)
      expect(relative(state[name] as Float32Array, theirs.parameters[name] as number[]), name).toBeLessThan(
        1e-4,
      );
  });
});
