/** @file Layers with weights give what PyTorch's give with the same weights. */
import { expect, it } from 'vitest';
import { unfreeze } from '../graph/passes/unfreeze.js';
import { sizeOf } from '../graph/shape.js';
import { distance } from '../testing/gradients/check.js';
import { runGraph } from '../testing/run.js';
import { describeTorch, torch } from '../testing/torch.js';
import { network } from './build.js';
import { conv1d, conv2d, conv3d, depthwiseConv2d, separableConv2d } from './conv.js';
import { embedding } from './dropout/embedding.js';
import { normalInit } from './init.js';
import { batchNorm, groupNorm, layerNorm } from './normalize.js';
import { avgPool, globalAvgPool, globalMaxPool, maxPool } from './pool.js';
import { meanProgram } from './programs.js';
import type { Layer } from './scope.js';

interface Case {
  readonly title: string;
  readonly input: readonly number[];
  readonly layer: Layer;
  /** An expression of x, and of w(name), a parameter or statistic of the layer named `layer`. */
  readonly torch: string;
  /** Draws whole numbers below this instead of features. */
  readonly tokens?: number;
  /** By the running statistics. */
  readonly mean?: boolean;
}

const init = normalInit(0.5);
const named = { name: 'layer', init };
const cases: readonly Case[] = [
  {
    title: 'conv1d, stride that does not divide, numbers for padding',
    input: [3, 11],
    layer: conv1d(4, { ...named, kernel: 4, stride: 3, padding: 2 }),
    torch: "F.conv1d(x, w('weight'), w('bias'), 3, 2)",
  },
  {
    title: 'conv1d, same padding of an even kernel',
    input: [2, 7],
    layer: conv1d(3, { ...named, kernel: 4, padding: 'same', bias: false }),
    torch: "F.conv1d(F.pad(x, [1, 2]), w('weight'))",
  },
  {
    title: 'conv2d, valid',
    input: [3, 8, 7],
    layer: conv2d(5, { ...named, kernel: 3 }),
    torch: "F.conv2d(x, w('weight'), w('bias'))",
  },
  {
    title: 'conv2d, kernel, stride, dilation and padding of two numbers, groups',
    input: [4, 9, 10],
    layer: conv2d(6, {
      ...named,
      kernel: [3, 2],
      stride: [2, 1],
      dilation: [1, 3],
      padding: [1, 2],
      groups: 2,
    }),
    torch: "F.conv2d(x, w('weight'), w('bias'), (2, 1), (1, 2), (1, 3), 2)",
  },
  {
    title: 'conv2d, same padding with a stride: the odd element at the end',
    input: [1, 8, 9],
    layer: conv2d(2, { ...named, kernel: 3, stride: 2, padding: 'same' }),
    torch: "F.conv2d(F.pad(x, [1, 1, 0, 1]), w('weight'), w('bias'), 2)",
  },
  {
    title: 'conv3d',
    input: [2, 4, 5, 6],
    layer: conv3d(3, { ...named, kernel: [2, 3, 3], padding: [0, 1, 1], stride: [1, 2, 1] }),
    torch: "F.conv3d(x, w('weight'), w('bias'), (1, 2, 1), (0, 1, 1))",
  },
  {
    title: 'depthwiseConv2d with two filters a channel',
    input: [3, 6, 6],
    layer: depthwiseConv2d({ ...named, kernel: 3, padding: 1, multiplier: 2 }),
    torch: "F.conv2d(x, w('weight'), w('bias'), 1, 1, 1, 3)",
  },
  {
    title: 'separableConv2d',
    input: [3, 6, 6],
    layer: separableConv2d(5, { ...named, kernel: 3, padding: 1 }),
    torch:
      "F.conv2d(F.conv2d(x, w('depthwise.weight'), None, 1, 1, 1, 3), w('pointwise.weight'), w('pointwise.bias'))",
  },
  {
    title: 'maxPool, overlapping, padded',
    input: [2, 7, 8],
    layer: maxPool({ kernel: 3, stride: 2, padding: 1 }),
    torch: 'F.max_pool2d(x, 3, 2, 1)',
  },
  {
    title: 'maxPool with the stride of its kernel, over a line',
    input: [2, 7],
    layer: maxPool({ kernel: 2 }),
    torch: 'F.max_pool1d(x, 2)',
  },
  {
    title: 'avgPool leaves padding out',
    input: [2, 6, 6],
    layer: avgPool({ kernel: 3, stride: 1, padding: 1 }),
    torch: 'F.avg_pool2d(x, 3, 1, 1, False, False)',
  },
  {
    title: 'avgPool counts padding where asked to',
    input: [2, 6, 6],
    layer: avgPool({ kernel: 3, stride: 2, padding: 1, countPadding: true }),
    torch: 'F.avg_pool2d(x, 3, 2, 1)',
  },
  { title: 'globalAvgPool', input: [3, 4, 5], layer: globalAvgPool(), torch: 'x.mean((2, 3))' },
  { title: 'globalMaxPool', input: [3, 4, 5], layer: globalMaxPool(), torch: 'x.amax((2, 3))' },
  {
    title: 'batchNorm by the batch',
    input: [3, 4, 5],
    layer: batchNorm({ name: 'layer', epsilon: 0.01 }),
    torch: "F.batch_norm(x, None, None, w('scale'), w('bias'), True, 0.1, 0.01)",
  },
  {
    title: 'batchNorm by running statistics',
    input: [3, 4, 5],
    layer: batchNorm({ name: 'layer' }),
    torch: "F.batch_norm(x, w('mean'), w('variance'), w('scale'), w('bias'), False)",
    mean: true,
  },
  {
    title: 'batchNorm of features',
    input: [5],
    layer: batchNorm({ name: 'layer' }),
    torch: "F.batch_norm(x, None, None, w('scale'), w('bias'), True)",
  },
  {
    title: 'layerNorm over the last two axes',
    input: [3, 4, 5],
    layer: layerNorm({ name: 'layer', axes: 2 }),
    torch: "F.layer_norm(x, (4, 5), w('scale'), w('bias'))",
  },
  {
    title: 'groupNorm',
    input: [6, 4, 5],
    layer: groupNorm(3, { name: 'layer', epsilon: 1e-3 }),
    torch: "F.group_norm(x, 3, w('scale'), w('bias'), 1e-3)",
  },
  {
    title: 'embedding',
    input: [4],
    layer: embedding(7, 3, named),
    torch: "F.embedding(x.long(), w('weight'))",
    tokens: 7,
  },
];

const script = `
import json, sys, torch
import torch.nn.functional as F
found = []
for c in json.load(sys.stdin):
    tensors = {n: torch.tensor(d, dtype=torch.float32).reshape(s) for n, (s, d) in c['tensors'].items()}
    w = lambda name: tensors['layer.' + name]
    x = torch.tensor(c['x'], dtype=torch.float32).reshape(c['dims'])
    y = eval(c['torch'])
    found.append([list(y.shape), y.flatten().tolist()])
json.dump(found, sys.stdout)
`;

describeTorch('layers and PyTorch’s, with the same weights', () => {
  it('agree to 1e-5 on a batch of three', async () => {
    const asked = [];
    const ours = [];
    for (const { input, layer, torch: expression, tokens, mean } of cases) {
      const net = network({ input, seed: 5 }, layer);
      const dims = [3, ...input];
      const draw = (i: number) => (tokens ? (i * 5) % tokens : Math.fround(Math.sin(3 * i * i + 1)));
      const x = Float32Array.from({ length: sizeOf(dims) }, (_, i) => draw(i));
      // Scales, biases and statistics that are not their initial 1 and 0.
      const initializers = net.graph.initializers.map((tensor) =>
        /^layer\.(scale|bias|mean|variance)$/.test(tensor.name)
          ? { ...tensor, data: Float32Array.from(tensor.data as Float32Array, (_, i) => 0.5 + 0.3 * i) }
          : tensor,
      );
      const changed = { ...net, graph: { ...net.graph, initializers } };
      const graph = mean ? meanProgram(changed) : changed.graph;
      const tensors = graph.initializers.filter(({ name }) => name.startsWith('layer.'));
      // As inputs, since BatchNormalization in training writes over its statistics, which equal initializers may share.
      const { y } = await runGraph(
        unfreeze(
          graph,
          tensors.map(({ name }) => name),
        ),
        {
          x: { type: 'float32', dims, data: x },
          ...Object.fromEntries(tensors.map((t) => [t.name, { ...t, data: t.data.slice() as Float32Array }])),
        },
      );
      ours.push(y);
      asked.push({
        torch: expression,
        dims,
        x: Array.from(x),
        tensors: Object.fromEntries(
          tensors.map(({ name, dims: shape, data }) => [name, [shape, Array.from(data as Float32Array)]]),
        ),
      });
    }
    const theirs = torch(script, asked) as [number[], number[]][];
    for (const [i, { title }] of cases.entries()) {
      expect(ours[i]?.dims, title).toEqual(theirs[i]?.[0]);
      expect(distance(ours[i]?.data as Float32Array, theirs[i]?.[1] as number[]), title).toBeLessThan(1e-5);
    }
  });
});
