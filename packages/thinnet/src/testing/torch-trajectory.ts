/** @file A network trained here and by PyTorch, from the same weights, batches and masks: how far apart they end. */
import { network } from '../nn/build.js';
import { learned, type Network } from '../nn/network.js';
import type { Layer } from '../nn/scope.js';
import { crossEntropy } from '../train/loss.js';
import type { Optimizer } from '../train/optimizer.js';
import type { TrainingPlan } from '../train/plan.js';
import { constant } from '../train/schedule.js';
import type { TrainingData } from '../train/trainer-types.js';
import { torch } from './torch.js';
import { initialTensors, relative, stepsOf, trainSteps } from './trajectory.js';

export interface TorchCase {
  readonly title: string;
  readonly optimizer: Optimizer;
  readonly rate: number;
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  /**
   * Defines forward(x, masks, training) in Python: p has the parameters by name, t the statistics too, masks those of the
   * sites by name, 1 where there is none; conv, dense, batch_norm and layer_norm are there.
   */
  readonly forward: string;
}

export interface Course {
  readonly steps: number;
  readonly batch: number;
  readonly stepsPerRun: number;
  /** See `relative`. */
  readonly least?: number;
}

const script = `
import json, sys, torch
import torch.nn.functional as F
torch.set_num_threads(1)
q = json.load(sys.stdin)
t = {n: torch.tensor(d, dtype=torch.float32).reshape(s) for n, (s, d) in q['tensors'].items()}
p = {n: t[n].requires_grad_() for n in q['parameters']}
o = q['optimizer']
if o['kind'] == 'sgd': opt = torch.optim.SGD(list(p.values()), lr=q['lr'], momentum=o['momentum'])
else: opt = torch.optim.Adam(list(p.values()), lr=q['lr'], betas=(o['beta1'], o['beta2']), eps=o['epsilon'])
def conv(name, x, **options): return F.conv2d(x, p[name + '.weight'], p.get(name + '.bias'), **options)
def dense(name, x): return x @ p[name + '.weight'] + p[name + '.bias']
def layer_norm(name, x): return F.layer_norm(x, x.shape[-1:], p[name + '.scale'], p[name + '.bias'])
def batch_norm(name, x, training):
    return F.batch_norm(x, t[name + '.mean'], t[name + '.variance'], p[name + '.scale'], p[name + '.bias'], training, 0.1, 1e-5)
exec(q['forward'])
class Ones(dict):
    def __missing__(self, name): return 1.0
losses = []
for step in q['steps']:
    x = torch.tensor(step['x']).reshape([-1] + q['input'])
    masks = Ones({n: torch.tensor(d).reshape(s) for n, (s, d) in step['masks'].items()})
    loss = F.cross_entropy(forward(x, masks, True), torch.tensor(step['y']))
    losses.append(loss.item())
    opt.zero_grad(); loss.backward(); opt.step()
with torch.no_grad(): outputs = forward(torch.tensor(q['test']).reshape([-1] + q['input']), Ones(), False)
json.dump({'losses': losses, 'outputs': outputs.flatten().tolist(), 'tensors': {n: v.flatten().tolist() for n, v in t.items()}}, sys.stdout)
`;

/** Relative differences after some steps: of the losses, of each parameter and statistic, of the mean program's outputs. */
export async function differencesFromTorch(
  { optimizer, rate, input, layers, forward }: TorchCase,
  data: TrainingData,
  { steps, batch, stepsPerRun, least = 0 }: Course,
): Promise<{ readonly net: Network; readonly differences: Readonly<Record<string, number>> }> {
  const net = network({ input, seed: 3 }, ...layers);
  const plan: TrainingPlan = {
    network: net,
    loss: crossEntropy(),
    optimizer,
    schedule: constant(rate),
    batchSize: batch,
    seed: 7,
    stepsPerRun,
  };
  const { losses, state, outputs } = await trainSteps(plan, data, steps);
  const names = new Set(learned(net).map(({ name }) => name));
  const theirs = torch(script, {
    tensors: initialTensors(net, names),
    parameters: net.parameters.map(({ name }) => name),
    optimizer,
    lr: rate,
    forward,
    input,
    test: Array.from(data.test.features),
    steps: stepsOf(plan, data.train, steps).map(({ masks, ...step }) => ({
      ...step,
      masks: Object.fromEntries(masks.map(({ name, tensor }) => [name, tensor])),
    })),
  }) as { losses: number[]; outputs: number[]; tensors: Record<string, number[]> };
  const ofTensors = [...names].map((name) => {
    const ours = state[name] as Float32Array;
    return [name, relative(ours, theirs.tensors[name] as number[], least)] as const;
  });
  const differences = {
    losses: relative(losses, theirs.losses, least),
    ...Object.fromEntries(ofTensors),
    'the mean program': relative(outputs, theirs.outputs, least),
  };
  return { net, differences };
}
