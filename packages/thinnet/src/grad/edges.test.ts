/** @file Rules where functions bend, tie, saturate or overflow: PyTorch's choices, and no NaN. */
import { expect, it } from 'vitest';
import { float, int, ints, string } from '../onnx/attribute.js';
import type { Attributes } from '../onnx/model.js';
import { type Case, counter } from '../testing/gradients/case.js';
import { gradientsByRule } from '../testing/gradients/check.js';
import { gradientsByTorch } from '../testing/gradients/torch.js';
import { describeTorch } from '../testing/torch.js';

/** Operands with given numbers; all of one vector's length, or one number. */
function edge(
  op: string,
  torch: string,
  operands: readonly (readonly number[])[],
  attributes: Attributes = {},
): Case {
  return {
    title: `${op} at ${operands.map((xs) => `[${xs.join(', ')}]`).join(', ')}`,
    precision: 'float32',
    operands: operands.map((xs) => ({ shape: xs.length === 1 ? [] : [xs.length], draw: counter(xs) })),
    lengths: {},
    seed: 1,
    torch,
    build: (b, values) => [b.op(op, values, attributes)],
  };
}

const far = [-1e4, -200, -100, -30, 0, 30, 100, 200, 1e4];
const rows = (xs: number[], op: string, torch: string): Case => ({
  ...edge(op, torch, [xs]),
  build: (b, [x]) => [b.op(op, [x!], op.startsWith('Reduce') ? { keepdims: int(0) } : {})],
});

/** One channel of a plane, in windows. */
const plane = (op: string, size: number, xs: number[], attributes: Attributes, torch: string): Case => ({
  ...edge(op, torch, [xs], attributes),
  operands: [{ shape: [1, 1, size, size], draw: counter(xs) }],
});
const ties = [1, 1, 0, 2, 1, 1, 2, 2, 0, 0, 3, 3, 0, 0, 3, 1];
const two = ints([2, 2]);

const edges: readonly Case[] = [
  plane('MaxPool', 4, ties, { kernel_shape: two, strides: two }, 'F.max_pool2d(x[0], 2)'),
  plane('MaxPool', 4, ties, { kernel_shape: two }, 'F.max_pool2d(x[0], 2, 1)'),
  plane(
    'MaxPool',
    4,
    ties.map(() => 0),
    { kernel_shape: ints([3, 3]), strides: two, pads: ints([1, 1, 1, 1]) },
    'F.max_pool2d(x[0], 3, 2, 1)',
  ),
  plane('GlobalMaxPool', 4, ties, {}, 'torch.amax(x[0], [2, 3], True)'),
  edge('HardSwish', 'F.hardswish(x[0])', [[-4, -3, -1, 0, 3, 4]]),
  edge('HardSigmoid', 'F.hardsigmoid(x[0])', [[-3, 0, 3]], { alpha: float(1 / 6) }),
  edge('PRelu', 'torch.where(x[0] > 0, x[0], x[1] * x[0])', [
    [-1, 0, 1],
    [0.25, 0.25, 0.25],
  ]),
  rows([2, 0, 3, -1], 'ReduceProd', 'torch.prod(x[0])'),
  rows([2, 0, 3, 0], 'ReduceProd', 'torch.prod(x[0])'),
  rows([0, 0, 0, 0], 'ReduceL2', 'torch.linalg.vector_norm(x[0])'),
  rows([1e4, 1e4, 0, -1e4], 'ReduceLogSumExp', 'torch.logsumexp(x[0], 0)'),
  edge('Relu', 'F.relu(x[0])', [[-1, -0, 0, 1e-45, 1]]),
  edge('LeakyRelu', 'F.leaky_relu(x[0], 0.01)', [[-1, 0, 1]]),
  edge('Abs', 'torch.abs(x[0])', [[-1, -0, 0, 1]]),
  edge('Elu', 'F.elu(x[0])', [far]),
  edge('Elu', 'F.elu(x[0], 0.5)', [far], { alpha: float(0.5) }),
  edge('Selu', 'F.selu(x[0])', [far]),
  edge('Gelu', 'F.gelu(x[0])', [far]),
  edge('Gelu', "F.gelu(x[0], approximate='tanh')", [far], { approximate: string('tanh') }),
  edge('Sigmoid', 'torch.sigmoid(x[0])', [far]),
  edge('Tanh', 'torch.tanh(x[0])', [far]),
  edge('Softplus', 'F.softplus(x[0])', [far]),
  edge('Erf', 'torch.erf(x[0])', [far]),
  edge('Clip', 'torch.clamp(x[0], -1, 2)', [[-2, -1, 0, 2, 3], [-1], [2]]),
  edge('Max', 'torch.maximum(x[0], x[1])', [
    [1, 2, 3],
    [2, 2, 2],
  ]),
  edge('Min', 'torch.minimum(x[0], x[1])', [
    [1, 2, 3],
    [2, 2, 2],
  ]),
  rows([3, 1, 3, 3], 'ReduceMax', 'torch.amax(x[0], [0])'),
  rows([3, 1, 1, 3], 'ReduceMin', 'torch.amin(x[0], [0])'),
  rows([-1e4, 0, 1e4, 1e4], 'Softmax', 'F.softmax(x[0], -1)'),
  rows([-1e4, 0, 1e4, 1e4 - 1], 'LogSoftmax', 'F.log_softmax(x[0], -1)'),
  rows([Number.NEGATIVE_INFINITY, 0, 1, 2], 'Softmax', 'F.softmax(x[0], -1)'),
  edge('Pow', 'torch.pow(x[0], x[1])', [
    [0, 0, 2, 1],
    [0, 2, 0, 3],
  ]),
  edge('Sqrt', 'torch.sqrt(x[0])', [[0, 1e-30, 1e30]]),
];

describeTorch('at their edges', () => {
  it('rules choose as PyTorch does: kinks, bounds, ties, saturation', async () => {
    const ours = [];
    for (const given of edges) {
      const drawn = await gradientsByRule(given);
      // PyTorch's bounds of clamp are numbers here: only x has a gradient to compare.
      ours.push(
        given.title.startsWith('Clip') ? { ...drawn, wrt: [0], found: drawn.found.slice(0, 1) } : drawn,
      );
    }
    const theirs = gradientsByTorch(edges, ours);
    for (const [n, { found }] of ours.entries())
      for (const [j, gradient] of found.entries())
        for (const [i, x] of Array.from(gradient.data as Float32Array).entries()) {
          const expected = theirs[n]?.[j]?.[i] as number;
          const title = `${edges[n]?.title}: gradient ${j}, element ${i}`;
          if (Number.isFinite(expected))
            expect(Math.abs(x - expected), title).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
          else expect(x, title).toBe(expected);
        }
  });
});
