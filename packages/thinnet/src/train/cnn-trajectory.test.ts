/** @file Twenty steps of a convolutional network with batch normalisation end with PyTorch's weights and statistics. */
import { expect, it } from 'vitest';
import { relu } from '../nn/activations.js';
import { conv2d, depthwiseConv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { batchNorm } from '../nn/normalize.js';
import { avgPool, globalAvgPool, maxPool } from '../nn/pool.js';
import { flatten } from '../nn/reshape.js';
import { randomDataset } from '../testing/dataset.js';
import { describeTorch } from '../testing/torch.js';
import { differencesFromTorch, type TorchCase } from '../testing/torch-trajectory.js';
import { adam, sgd } from './optimizer.js';

const steps = 20;
const batch = 12;
const input = [2, 10, 9];
/** Biases that normalisation takes away are all but 0. */
const nothing = 1e-6;

const cases: readonly TorchCase[] = [
  {
    title: 'conv – norm – relu – pool – spatial mask – conv – norm – relu – pool – dense',
    optimizer: sgd({ momentum: 0.9 }),
    rate: 0.02,
    input,
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
    h = F.max_pool2d(F.relu(batch_norm('batchNorm1', conv('conv2d1', x, padding=1), training)), 2) * masks['dropout1']
    h = F.relu(batch_norm('batchNorm2', conv('conv2d2', h, padding=1, stride=2), training))
    h = F.max_pool2d(conv('conv2d3', h, padding=1), 3, 2, 1).flatten(1)
    return dense('dense2', F.relu(batch_norm('batchNorm3', dense('dense1', h), training)) * masks['dropout2'])
`,
  },
  {
    title: 'depthwise and grouped convolutions, average pools',
    optimizer: adam(),
    rate: 0.005,
    input,
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
    h = F.relu(batch_norm('batchNorm1', conv('conv2d1', x, padding=(1, 0)), training))
    h = F.avg_pool2d(conv('depthwiseConv2d1', h, padding=1, groups=4) * masks['dropout1'], 2)
    h = F.relu(batch_norm('batchNorm2', conv('conv2d2', h, padding=2, dilation=2, groups=2), training)) * masks['dropout2']
    return dense('dense1', F.avg_pool2d(h, 3, 2, 1, False, False).mean((2, 3)))
`,
  },
];

describeTorch(
  'a trajectory of a CNN with batch normalisation equals PyTorch’s to 1e-3 relative after 20 steps',
  () => {
    it.each(cases)('$title', async (one) => {
      const train = randomDataset({ length: steps * batch, shape: input, classes: 4, seed: 1 });
      const test = randomDataset({ length: 7, shape: input, classes: 4, seed: 2 });
      const course = { steps, batch, stepsPerRun: 7, least: nothing };
      const { net, differences } = await differencesFromTorch(one, { train, test }, course);
      expect(net.statistics.map(({ name }) => name)).toContain('batchNorm1.variance');
      for (const [what, difference] of Object.entries(differences))
        expect(difference, what).toBeLessThan(1e-3);
    });
  },
);
