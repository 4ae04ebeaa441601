/** @file PyTorch, with the same weights, gives the same outputs and counts the same parameters. */
import { expect, it } from 'vitest';
import { bindShape, sizeOf } from '../graph/shape.js';
import { network } from '../nn/build.js';
import type { Network } from '../nn/network.js';
import { meanProgram } from '../nn/programs.js';
import type { Layer } from '../nn/scope.js';
import { fillNormal } from '../noise/random.js';
import type { Tensor, TensorValue } from '../onnx/model.js';
import { runGraph } from '../testing/run.js';
import { describeTorch, torch } from '../testing/torch.js';
import { allConvolutional } from './all-convolutional.js';
import { leNet } from './le-net.js';
import { resNet20 } from './res-net.js';
import { textClassifier } from './text-classifier.js';
import { visionTransformer } from './vision-transformer.js';

const script = `
import json, sys, torch
from torch import nn
import torch.nn.functional as F

class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(64 * 7 * 7, 1024), nn.ReLU(), nn.Dropout(0.5), nn.Linear(1024, 10))

class AllConvolutional(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [(1, 4, 3, 1), (4, 4, 3, 2), (4, 6, 3, 1), (6, 6, 3, 2), (6, 8, 3, 1), (8, 8, 1, 1)]
        for i, (c, m, k, s) in enumerate(sizes): setattr(self, f'conv{i + 1}', nn.Conv2d(c, m, k, stride=s))
        self.output = nn.Conv2d(8, 10, 1)
    def forward(self, x):
        for i in range(1, 7):
            conv = getattr(self, f'conv{i}')
            k, s = conv.kernel_size[0], conv.stride[0]
            # The odd element of the padding goes to the end.
            pad = [max((-(-n // s) - 1) * s + k - n, 0) for n in x.shape[:1:-1]]
            x = F.relu(conv(F.pad(x, [e for p in pad for e in (p // 2, p - p // 2)])))
        return self.output(x).mean((2, 3))

class Block(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.stride, self.more = stride, filters - channels
    def forward(self, x):
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.relu(F.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, self.more // 2, self.more // 2)) + y)

class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        channels = 16
        for i in range(9):
            filters = 16 * 2 ** (i // 3)
            setattr(self, f'block{i + 1}', Block(channels, filters, 2 if i in (3, 6) else 1))
            channels = filters
        self.output = nn.Linear(64, 10)
    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        for i in range(9): x = getattr(self, f'block{i + 1}')(x)
        return self.output(x.mean((2, 3)))

class VisionTransformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(1, 16, 4, stride=4)
        self.token, self.positions = nn.Parameter(torch.zeros(1, 16)), nn.Parameter(torch.zeros(50, 16))
        self.block1, self.block2 = [nn.TransformerEncoderLayer(16, 4, 32, 0.0, F.gelu, batch_first=True, norm_first=True) for _ in range(2)]
        self.norm, self.output = nn.LayerNorm(16), nn.Linear(16, 10)
    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), 1, 16), x], 1) + self.positions
        return self.output(self.norm(self.block2(self.block1(x)))[:, 0])

class TextClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.lstm, self.output = nn.Embedding(50, 8), nn.LSTM(8, 12, batch_first=True), nn.Linear(12, 3)
        self.lstm.bias_hh_l0.data.zero_()
    def forward(self, x): return self.output(self.lstm(self.embedding(x.long()))[0][:, -1])

def rename(name):
    for ours, theirs in [('class.weight', 'token'), ('positions.weight', 'positions'), ('attention.input.weight', 'self_attn.in_proj_weight'),
            ('attention.input.bias', 'self_attn.in_proj_bias'), ('attention.output', 'self_attn.out_proj'), ('mlp1', 'linear1'), ('mlp2', 'linear2'),
            ('.scale', '.weight'), ('lstm.inputWeight', 'lstm.weight_ih_l0'), ('lstm.recurrentWeight', 'lstm.weight_hh_l0'), ('lstm.bias', 'lstm.bias_ih_l0')]:
        name = name.replace(ours, theirs)
    return name.replace('layerNorm', 'norm')

answers = {}
for case in json.load(sys.stdin):
    model = globals()[case['model']]().eval()
    state = dict(model.named_parameters())
    for name, (shape, data) in case['parameters'].items():
        target, value = state[rename(name)], torch.tensor(data).reshape(shape)
        if name == 'patches.weight': value = value.T.reshape(target.shape)
        elif value.dim() == 2 and rename(name) not in ('token', 'positions', 'embedding.weight'): value = value.T
        target.data.copy_(value.reshape(target.shape) if value.numel() == target.numel() else value)
    answer = {'count': sum(p.numel() for n, p in state.items() if n != 'lstm.bias_hh_l0')}
    if case['parameters']:
        with torch.no_grad(): answer['outputs'] = model(torch.tensor(case['x']).reshape(case['shape'])).flatten().tolist()
    answers[case['model']] = answer
json.dump(answers, sys.stdout)
`;

interface Case {
  readonly model: string;
  readonly input: readonly number[];
  readonly layer: Layer;
  /** Without its weights, of which there are too many to hand over, only the number is compared. */
  readonly onlyCount?: boolean;
}

const cases: readonly Case[] = [
  { model: 'LeNet', input: [1, 28, 28], layer: leNet(), onlyCount: true },
  { model: 'AllConvolutional', input: [1, 28, 28], layer: allConvolutional({ widths: [4, 6, 8] }) },
  { model: 'ResNet20', input: [3, 32, 32], layer: resNet20() },
  { model: 'VisionTransformer', input: [1, 28, 28], layer: visionTransformer({ width: 16, depth: 2 }) },
  {
    model: 'TextClassifier',
    input: [9],
    layer: textClassifier({ vocabulary: 50, classes: 3, width: 8, units: 12 }),
  },
];

const N = 3;

/** The network with every parameter drawn, also those that begin as 0 or 1. */
function drawn({ graph, ...rest }: Network): Network {
  const names = new Map(rest.parameters.map(({ name }, i) => [name, i]));
  const initializers = graph.initializers.map((tensor): Tensor => {
    const index = names.get(tensor.name);
    if (index === undefined) return tensor;
    const data = new Float32Array(sizeOf(tensor.dims));
    fillNormal(data, 5, index, tensor.name.endsWith('.scale') ? 1 : 0, 0.15);
    return { ...tensor, data };
  });
  return { ...rest, graph: { ...graph, initializers } };
}

describeTorch('with the same weights PyTorch', () => {
  it('gives the same outputs and counts the same parameters', async () => {
    const built = cases.map(({ model, input, layer, onlyCount = false }) => {
      const net = drawn(network({ input, seed: 1 }, layer));
      const x = Float32Array.from({ length: N * sizeOf(input) }, (_, i) => (i * 7) % 50);
      // Words are whole numbers.
      if (model !== 'TextClassifier') fillNormal(x, 1, 99, 0, 1);
      return { model, input, net, x, onlyCount };
    });
    const request = built.map(({ model, input, net, x, onlyCount }) => ({
      model,
      shape: [N, ...input],
      x: onlyCount ? [] : [...x],
      parameters: onlyCount
        ? {}
        : Object.fromEntries(
            net.parameters.map(({ name, shape }) => {
              const tensor = net.graph.initializers.find((each) => each.name === name) as Tensor;
              return [name, [shape, Array.from(tensor.data, Number)]];
            }),
          ),
    }));
    const answers = torch(script, request) as Record<string, { count: number; outputs?: number[] }>;
    for (const { model, input, net, x, onlyCount } of built) {
      const count = net.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
      expect(answers[model]?.count, model).toBe(count);
      if (onlyCount) continue;
      const dims = bindShape(['N', ...input], { N });
      const { y } = await runGraph(meanProgram(net), { x: { type: 'float32', dims, data: x } });
      const expected = answers[model]?.outputs as number[];
      const scale = Math.max(...expected.map(Math.abs));
      expect(scale, model).toBeGreaterThan(0.01);
      const differences = [...(y as TensorValue).data].map((value, i) =>
        Math.abs(Number(value) - (expected[i] as number)),
      );
      expect(differences).toHaveLength(expected.length);
      expect(Math.max(...differences), model).toBeLessThan(1e-4 * scale);
    }
  });
});
