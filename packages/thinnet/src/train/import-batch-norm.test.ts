/** @file A PyTorch model with batch normalisation, exported for training and trained on here: PyTorch's own training. */
import { expect, it } from 'vitest';
import { fromOnnx } from '../nn/import.js';
import { learned } from '../nn/network.js';
import { readModel } from '../onnx/read.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { randomDataset } from '../testing/dataset.js';
import { describeTorch, torch } from '../testing/torch.js';
import { relative } from '../testing/trajectory.js';
import { localEngine } from './local-engine.js';
import { crossEntropy } from './loss.js';
import { sgd } from './optimizer.js';
import type { TrainingPlan } from './plan.js';
import { constant } from './schedule.js';

const script = `
import base64, io, json, sys, torch, warnings
import torch.nn as nn
warnings.filterwarnings('ignore')
q = json.load(sys.stdin)
torch.manual_seed(1)
m = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6, momentum=0.3), nn.ReLU(), nn.Linear(6, 6), nn.BatchNorm1d(6), nn.Linear(6, 3))
m[1].running_mean.data = 2 * torch.randn(6); m[1].running_var.data = 3 * torch.rand(6) + 1
x = torch.tensor(q['x']).reshape(-1, 4); y = torch.tensor(q['y'])
f = io.BytesIO()
axes = {'x': {0: 'batch'}, 'y': {0: 'batch'}}
torch.onnx.export(m, x, f, opset_version=17, input_names=['x'], output_names=['y'], dynamic_axes=axes,
  training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)
m.train()
opt = torch.optim.SGD(m.parameters(), lr=0.1, momentum=0.9)
losses = []
for _ in range(q['steps']):
    loss = nn.functional.cross_entropy(m(x), y)
    losses.append(loss.item()); opt.zero_grad(); loss.backward(); opt.step()
m.eval()
with torch.no_grad(): outputs = m(torch.tensor(q['test']).reshape(-1, 4))
json.dump({'file': base64.b64encode(f.getvalue()).decode(), 'losses': losses, 'outputs': outputs.flatten().tolist(),
  'state': {n: v.flatten().tolist() for n, v in m.state_dict().items() if v.dtype == torch.float32}}, sys.stdout)
`;

interface Answer {
  readonly file: string;
  readonly losses: readonly number[];
  readonly outputs: readonly number[];
  readonly state: Readonly<Record<string, readonly number[]>>;
}

describeTorch('an imported model with batch normalisation in training', () => {
  it('is trained as PyTorch trains it in train mode: losses, weights, running statistics, predictions', async () => {
    const train = randomDataset({ length: 32, shape: [4], classes: 3, seed: 1 });
    const test = randomDataset({ length: 10, shape: [4], classes: 3, seed: 2 });
    const steps = 10;
    const theirs = torch(script, {
      ...{ x: Array.from(train.features), y: Array.from(train.labels), test: Array.from(test.features) },
      steps,
    }) as Answer;
    const network = fromOnnx(readModel(Buffer.from(theirs.file, 'base64')));
    expect(network.statistics.map(({ name }) => name)).toEqual([
      ...['1.running_mean', '1.running_var', '4.running_mean', '4.running_var'],
    ]);
    const plan: TrainingPlan = {
      ...{ network, loss: crossEntropy(), optimizer: sgd({ momentum: 0.9 }), schedule: constant(0.1) },
      ...{ batchSize: 32, seed: 1 },
    };
    const engine = await localEngine(plan, { train, test }, nodeRuntime);
    const losses: number[] = [];
    for (let epoch = 0; epoch < steps; epoch++)
      losses.push(...(await engine.train({ epoch, first: 0, count: 1 })));
    const [state, outputs] = [await engine.state(), await engine.predict('test')];
    await engine.close();
    expect(relative(losses, theirs.losses)).toBeLessThan(1e-5);
    expect(
      learned(network)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(theirs.state).sort());
    for (const [name, values] of Object.entries(theirs.state))
      expect(relative(state[name] ?? [], values, 1e-2), name).toBeLessThan(1e-4);
    expect(relative(outputs, theirs.outputs)).toBeLessThan(1e-4);
  });
});
