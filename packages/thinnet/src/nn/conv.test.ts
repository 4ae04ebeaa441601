/** @file What convolutions, pools and normalisations refuse, and what they say of their parameters. */
import { describe, expect, it } from 'vitest';
import { network } from './build.js';
import { conv1d, conv2d, depthwiseConv2d, separableConv2d } from './conv.js';
import { batchNorm, groupNorm, layerNorm } from './normalize.js';
import { avgPool, maxPool } from './pool.js';
import type { Layer } from './scope.js';

const build = (input: readonly number[], ...layers: readonly Layer[]) =>
  network({ input, seed: 1 }, ...layers);

describe('layers over planes', () => {
  it.each<[string, readonly number[], Layer, string]>([
    ['another rank', [3, 8], conv2d(4, { kernel: 3 }), 'its input [N, 3, 8] must be [N, C, height, width]'],
    ['filters of 0', [3, 8], conv1d(0, { kernel: 3 }), 'filters is 0; it must be a positive integer'],
    [
      'a kernel of 0',
      [3, 8],
      conv1d(1, { kernel: 0 }),
      'kernel is 0; it must be a whole number of at least 1',
    ],
    ['two numbers for one axis', [3, 8], conv1d(1, { kernel: [3, 3] }), 'kernel is [3,3]; it must be'],
    ['a stride of half', [3, 8], conv1d(1, { kernel: 3, stride: 0.5 }), 'stride is 0.5; it must be'],
    ['negative padding', [3, 8], conv1d(1, { kernel: 3, padding: -1 }), 'padding is -1; it must be'],
    [
      'a window too long',
      [3, 8],
      conv1d(1, { kernel: 5, dilation: 2 }),
      'its window of 9 does not fit into [N, 3, 8]',
    ],
    [
      'groups that do not divide',
      [3, 8],
      conv1d(4, { kernel: 3, groups: 2 }),
      'groups is 2; it must divide 3 channels and 4 filters',
    ],
    ['a pool of vectors', [8], maxPool({ kernel: 2 }), 'its input [N, 8] must be [N, C, length]'],
    ['a pool too large', [2, 3, 3], avgPool({ kernel: 4 }), 'its window of 4 does not fit'],
    ['normalisation without channels', [], batchNorm(), 'needs a second axis of known length, the channels'],
    [
      'momentum 0',
      [3],
      batchNorm({ momentum: 0 }),
      'momentum is 0; it is the newest batch’s weight'.replace('’', "'"),
    ],
    ['ε of 0', [3], batchNorm({ epsilon: 0 }), 'epsilon is 0; it must be above 0'],
    [
      'the batch axis normalised',
      [3],
      layerNorm({ axes: 2 }),
      'must be of known length and come after the batch axis',
    ],
    ['groups of channels', [4, 5], groupNorm(3), 'groups is 3; it must divide 4 channels'],
  ])('refuse %s', (_, input, layer, message) => {
    expect(() => build(input, layer)).toThrow(message);
  });

  it('name their parameters, say what bounds them, and how they are initialised', () => {
    const net = build(
      [3, 8, 8],
      conv2d(4, { kernel: [3, 5] }),
      batchNorm(),
      depthwiseConv2d({ kernel: 3, bias: false }),
      separableConv2d(2, { kernel: 2 }),
      separableConv2d(3, { kernel: 1, name: 'last' }),
    );
    expect(
      net.parameters.map(({ name, shape, role, incomingAxes }) => [name, shape, role, incomingAxes]),
    ).toEqual([
      ['conv2d1.weight', [4, 3, 3, 5], 'weight', [1, 2, 3]],
      ['conv2d1.bias', [4], 'bias', []],
      ['batchNorm1.scale', [4], 'bias', []],
      ['batchNorm1.bias', [4], 'bias', []],
      ['depthwiseConv2d1.weight', [4, 1, 3, 3], 'weight', [1, 2, 3]],
      ['separableConv2d1.depthwise.weight', [4, 1, 2, 2], 'weight', [1, 2, 3]],
      ['separableConv2d1.pointwise.weight', [2, 4, 1, 1], 'weight', [1, 2, 3]],
      ['separableConv2d1.pointwise.bias', [2], 'bias', []],
      ['last.depthwise.weight', [2, 1, 1, 1], 'weight', [1, 2, 3]],
      ['last.pointwise.weight', [3, 2, 1, 1], 'weight', [1, 2, 3]],
      ['last.pointwise.bias', [3], 'bias', []],
    ]);
    expect(net.statistics.map(({ name, shape }) => [name, shape])).toEqual([
      ['batchNorm1.mean', [4]],
      ['batchNorm1.variance', [4]],
    ]);
    const weight = net.graph.initializers.find(({ name }) => name === 'conv2d1.weight')?.data as Float32Array;
    const square = weight.reduce((sum, w) => sum + w * w, 0) / weight.length;
    expect(square).toBeGreaterThan(0.5 * (2 / 45)); // He: 2 / (3 · 3 · 5)
    expect(square).toBeLessThan(1.5 * (2 / 45));
  });
});
