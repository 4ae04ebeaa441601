/** @file Attention and its company: masks, what is left at inference, who sees whom, shapes and errors. */
import { describe, expect, it } from 'vitest';
import type { TensorValue } from '../../onnx/model.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { network } from '../build.js';
import { dense } from '../dense.js';
import { constantInit, normalInit, zeros } from '../init.js';
import { rmsNorm } from '../normalize-rms.js';
import { atTime, maxOverTime, meanOverTime } from '../over-time.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import { gru } from '../recurrent/gru.js';
import { lstm } from '../recurrent/lstm.js';
import type { Layer } from '../scope.js';
import { classToken, positionalEmbedding } from './embeddings.js';
import { multiHeadAttention } from './multi-head.js';
import { patchEmbedding } from './patch-embedding.js';
import { transformerBlock } from './transformer-block.js';

const waves = (dims: readonly number[]) =>
  floats(
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(2 * i * i + i)),
  );
const dataOf = (tensor: TensorValue | undefined) => tensor?.data as Float32Array;
const built = (input: readonly number[], ...layers: Layer[]) => network({ input, seed: 1 }, ...layers);

describe('multiHeadAttention', () => {
  it('has one site of kind attention with a mask [N, heads, T, T]', () => {
    const { sites } = built([5, 6], multiHeadAttention({ heads: 2, dropout: 0.1, name: 'a' }));
    expect(sites.map(({ kind, name, shape }) => [kind, name, shape])).toEqual([
      ['attention', 'a.dropout', ['N', 2, 5, 5]],
    ]);
  });

  it('lets no later time step through where it is causal', async () => {
    const graph = meanProgram(built([4, 6], multiHeadAttention({ heads: 3, causal: true })));
    const x = waves([1, 4, 6]);
    const y = dataOf((await runGraph(graph, { x })).y);
    for (let t = 1; t < 4; t++) {
      const changed = floats(
        x.dims,
        x.data.map((value, i) => (i >= 6 * t ? -3 * value : value)),
      );
      const other = dataOf((await runGraph(graph, { x: changed })).y);
      expect(other.slice(0, 6 * t)).toEqual(y.slice(0, 6 * t));
      expect(other.slice(6 * t, 6 * t + 6)).not.toEqual(y.slice(6 * t, 6 * t + 6));
    }
  });

  it('lists its parameters in the layout that its docstring gives', () => {
    const { parameters } = built(
      [5, 6],
      multiHeadAttention({ heads: 2, keyWidth: 4, valueWidth: 5, name: 'a' }),
    );
    expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['a.input.weight', [6, 26]],
      ['a.input.bias', [26]],
      ['a.output.weight', [10, 6]],
      ['a.output.bias', [6]],
    ]);
  });

  it.each<[object, string]>([
    [{ heads: 0 }, 'multiHeadAttention: heads is 0; it must be a positive integer'],
    [{ heads: 2, keyWidth: 1.5, name: 'a' }, 'multiHeadAttention "a": keyWidth is 1.5'],
    [{ heads: 2, valueWidth: -1 }, 'valueWidth is -1'],
    [{ heads: 2, dropout: 2 }, 'dropout of multiHeadAttention: rate is 2; it is the probability to drop'],
  ])('refuses %j', (options, message) => {
    expect(() => multiHeadAttention(options as { heads: number })).toThrow(message);
  });

  it('refuses inputs that do not fit', () => {
    expect(() => built([5, 6], multiHeadAttention({ heads: 4 }))).toThrow(
      'multiHeadAttention "multiHeadAttention1": 4 heads do not divide the width 6; choose another number, or give keyWidth',
    );
    expect(() => built([6], multiHeadAttention({ heads: 2 }))).toThrow(
      'its input [N, 6] must be [N, time, features]',
    );
  });
});

describe('transformerBlock', () => {
  const rates = { attentionDropout: 0.1, mlpDropout: 0.2, dropout: 0.3, dropPath: 0.4 };

  it('has a site for each of its dropouts', () => {
    const { sites } = built([3, 4], transformerBlock({ heads: 2, ...rates, name: 'b' }));
    expect(sites.map(({ kind, name, rate, shape }) => [kind, name, rate, shape])).toEqual([
      ['attention', 'b.attention.dropout', 0.1, ['N', 2, 3, 3]],
      ['dropout', 'b.dropout1', 0.3, ['N', 3, 4]],
      ['depth', 'b.dropPath1', 0.4, ['N', 1, 1]],
      ['dropout', 'b.mlpDropout', 0.2, ['N', 3, 16]],
      ['dropout', 'b.dropout2', 0.3, ['N', 3, 4]],
      ['depth', 'b.dropPath2', 0.4, ['N', 1, 1]],
    ]);
  });

  it('has a mean program without a trace of dropout: the nodes and the bits of the block without', async () => {
    const thinnable = meanProgram(built([3, 4], transformerBlock({ heads: 2, ...rates })));
    const plain = meanProgram(built([3, 4], transformerBlock({ heads: 2 })));
    expect(thinnable.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(thinnable.nodes.map(({ op }) => op)).toEqual(plain.nodes.map(({ op }) => op));
    const x = waves([2, 3, 4]);
    expect(await runGraph(thinnable, { x })).toEqual(await runGraph(plain, { x }));
  });

  it('is the identity where both branches are dropped', async () => {
    const net = built([3, 4], transformerBlock({ heads: 2, dropPath: 1 }));
    const x = waves([2, 3, 4]);
    const { y } = await runGraph(thinnedProgram(net), { x, ...noiseFeeds(net, 2, { seed: 1, step: 0 }) });
    expect(y).toEqual(x);
  });

  it.each<[object, string]>([
    [{ heads: 2, mlpWidth: 0 }, 'units is 0; it must be a positive integer'],
    [{ heads: 2, dropPath: 3 }, 'rate is 3'],
    [{ heads: 2, mlpDropout: 3 }, 'rate is 3'],
    [{ heads: 2, dropout: 3 }, 'rate is 3'],
    [{ heads: 2, attentionDropout: 3 }, 'rate is 3'],
  ])('refuses %j', (options, message) => {
    expect(() => built([3, 4], transformerBlock(options as { heads: number }))).toThrow(message);
  });
});

describe('embeddings of a transformer', () => {
  it('begin as told, small unless told, and are neither decayed nor norm-bounded', async () => {
    const net = built([2, 3], classToken({ init: constantInit(7) }), positionalEmbedding({ init: zeros() }));
    expect(net.parameters.map(({ name, shape, role }) => [name, shape, role])).toEqual([
      ['classToken1.weight', [1, 3], 'bias'],
      ['positionalEmbedding1.weight', [3, 3], 'bias'],
    ]);
    const { y } = await runGraph(meanProgram(net), { x: floats([2, 2, 3], Array(12).fill(1)) });
    const example = [7, 7, 7, 1, 1, 1, 1, 1, 1];
    expect(y).toEqual(floats([2, 3, 3], [...example, ...example]));
    const small = built([2, 300], positionalEmbedding()).graph.initializers[0]?.data as Float32Array;
    expect(Math.max(...small.map(Math.abs))).toBeLessThan(0.13); // 6.34 standard deviations of 0.02
  });

  it.each([
    ['positionalEmbedding', positionalEmbedding],
    ['classToken', classToken],
  ] as const)('%s refuses what is no sequence of vectors', (name, layer) => {
    expect(() => built([2], layer())).toThrow(
      `${name} "${name}1": its input [N, 2] must be [N, time, features]`,
    );
  });
});

describe('patchEmbedding', () => {
  it('makes one token of each patch, row by row', async () => {
    // Sums of patches: each number is in one of them.
    const net = built([1, 2, 6], patchEmbedding(1, { patch: 2, init: constantInit(1), bias: false }));
    const x = floats([1, 1, 2, 6], [1, 1, 10, 10, 100, 100, 1, 1, 10, 10, 100, 100]);
    expect((await runGraph(net.graph, { x })).y).toEqual(floats([1, 3, 1], [4, 40, 400]));
  });

  it.each<[readonly number[], number, number | readonly number[], string]>([
    [[1, 8, 8], 4, 3, 'patch is 3; it must be a positive integer, or two, that divide the plane 8 × 8'],
    [[1, 8, 8], 4, [2, 3], 'patch is [2,3]'],
    [[1, 8, 8], 4, 0, 'patch is 0'],
    [[1, 8, 8], 4, [2, 2, 2], 'patch is [2,2,2]'],
    [
      [8, 8],
      4,
      2,
      'patchEmbedding "patchEmbedding1": its input [N, 8, 8] must be [N, channels, height, width]',
    ],
    [[1, 8, 8], 0, 2, 'units is 0; it must be a positive integer'],
  ])('refuses images %j, width %j and patch %j', (input, width, patch, message) => {
    expect(() => built(input, patchEmbedding(width, { patch }))).toThrow(message);
  });
});

describe('layers over time', () => {
  it('refuse a time step outside the sequence, and what has no time', () => {
    expect(() => built([4, 3], atTime(4))).toThrow(
      'atTime "atTime1": step is 4; it must be an integer from -4 to 3',
    );
    expect(() => built([4, 3], atTime(-5))).toThrow('from -4 to 3');
    expect(() => built([4, 3], atTime(0.5))).toThrow('step is 0.5');
    for (const layer of [meanOverTime(), maxOverTime(), atTime(0)])
      expect(() => built([], layer)).toThrow('its input [N] must be [N, time, ...]');
  });
});

describe('rmsNorm', () => {
  it('gives vectors of root mean square 1, whatever their size', async () => {
    const { y } = await runGraph(built([8], rmsNorm({ epsilon: 1e-12 })).graph, { x: waves([5, 8]) });
    for (let n = 0; n < 5; n++) {
      const row = dataOf(y).subarray(n * 8, n * 8 + 8);
      expect(row.reduce((sum, v) => sum + v * v, 0) / 8).toBeCloseTo(1, 5);
    }
  });

  it.each<[object, string]>([
    [{ axes: 0 }, 'rmsNorm "rmsNorm1": axes is 0'],
    [{ axes: 2 }, 'the last 2 axes of [N, 8] must be of known length and come after the batch axis'],
    [{ epsilon: 0 }, 'epsilon is 0; it must be above 0'],
  ])('refuses %j', (options, message) => {
    expect(() => built([8], rmsNorm(options))).toThrow(message);
  });
});

it('none of the dropouts in layers for sequences is advised against', () => {
  const heard: string[] = [];
  network(
    { input: [1, 8, 8], seed: 1, warn: ({ message }) => void heard.push(message) },
    patchEmbedding(64, { patch: 2, init: normalInit(0.1) }),
    classToken(),
    positionalEmbedding(),
    transformerBlock({ heads: 4, attentionDropout: 0.1, mlpDropout: 0.1, dropout: 0.1, dropPath: 0.1 }),
    atTime(0),
    dense(10),
  );
  network(
    { input: [8, 64], seed: 1, warn: ({ message }) => void heard.push(message) },
    lstm(64, { dropout: 0.2, recurrentDropout: 0.2, returnSequences: true }),
    gru(64, { dropout: 0.2, recurrentDropout: 0.2 }),
    dense(10),
  );
  expect(heard).toEqual([]);
});
