/** @file Each model's shapes and parameters, where its dropouts stand, and what it refuses. */
import { describe, expect, it } from 'vitest';
import { network } from '../nn/build.js';
import { dropBlock } from '../nn/dropout/drop-block.js';
import { dropout } from '../nn/dropout.js';
import type { Network } from '../nn/network.js';
import { meanProgram } from '../nn/programs.js';
import type { Layer } from '../nn/scope.js';
import { linearRate } from '../noise/schedule.js';
import { allConvolutional } from './all-convolutional.js';
import { leNet } from './le-net.js';
import { resNet20 } from './res-net.js';
import { textClassifier } from './text-classifier.js';
import { visionTransformer } from './vision-transformer.js';

const build = (input: readonly number[], layer: Layer, seed = 1): Network => network({ input, seed }, layer);
const countOf = ({ parameters }: Network): number =>
  parameters.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
const sitesOf = ({ sites }: Network) =>
  sites.map(({ name, kind, rate, shape }) => [name, kind, rate, shape.slice(1)]);

const text = textClassifier({ vocabulary: 100 });

describe('models', () => {
  it.each<[string, readonly number[], Layer, number, number]>([
    // 832 + 51,264 + 3,212,288 + 10,250.
    ['leNet', [28, 28], leNet(), 10, 3_274_634],
    // 2,432 + 51,264 + 4,195,328 + 7,175.
    ['leNet of colour images', [3, 32, 32], leNet({ classes: 7 }), 7, 4_256_199],
    // 160 + 2,320 + 4,640 + 9,248 + 18,496 + 4,160 + 650.
    ['allConvolutional', [28, 28], allConvolutional(), 10, 39_674],
    // 224 + 584 + 876 + 1,308 + 2,180 + 420 + 210.
    ['allConvolutional of other widths', [3, 32, 32], allConvolutional({ widths: [8, 12, 20] }), 10, 5_802],
    // 0.27 M in table 6 of the paper.
    ['resNet20 for CIFAR-10', [3, 32, 32], resNet20(), 10, 269_722],
    ['resNet20 of grey images', [28, 28], resNet20(), 10, 269_434],
    ['visionTransformer', [28, 28], visionTransformer(), 10, 139_018],
    [
      'visionTransformer of another size',
      [3, 8, 8],
      visionTransformer({ width: 8, depth: 1, heads: 2 }),
      10,
      392 + 8 + 40 + 600 + 16 + 90,
    ],
    ['textClassifier', [20], text, 2, 6_400 + 33_024 + 130],
  ])('%s takes %j and has its number of outputs and parameters', (_, input, layer, classes, count) => {
    const net = build(input, layer);
    expect(net.graph.outputs.map(({ shape }) => shape)).toEqual([['N', classes]]);
    expect(countOf(net)).toBe(count);
    expect(net.sites).toEqual([]);
  });

  it('take grey images with and without a channel axis, with the same weights and layers', () => {
    for (const layer of [leNet(), allConvolutional(), resNet20(), visionTransformer()]) {
      const [without, withAxis] = [build([28, 28], layer), build([1, 28, 28], layer)];
      expect(without.parameters).toEqual(withAxis.parameters);
      expect(without.graph.nodes.map(({ name }) => name)).toEqual([
        'image',
        ...withAxis.graph.nodes.map(({ name }) => name),
      ]);
    }
  });

  it.each<[string, readonly number[], Layer, Layer, readonly unknown[]]>([
    [
      'leNet',
      [28, 28],
      leNet({ mapDropout: 0.2, denseDropout: 0.5 }),
      leNet(),
      [
        ['conv1.dropout', 'spatial', 0.2, [32, 1, 1]],
        ['conv2.dropout', 'spatial', 0.2, [64, 1, 1]],
        ['dense1.dropout', 'dropout', 0.5, [1024]],
      ],
    ],
    [
      'allConvolutional',
      [28, 28],
      allConvolutional({ mapDropout: (name) => dropBlock(0.1, { blockSize: 3, name }), stageDropout: 0.5 }),
      allConvolutional(),
      [
        ['conv2.dropout', 'dropout', 0.5, [16, 14, 14]],
        ['conv4.dropout', 'dropout', 0.5, [32, 7, 7]],
        ['conv5.dropout', 'dropblock', 0.1, [64, 7, 7]],
      ],
    ],
    [
      'resNet20',
      [3, 32, 32],
      resNet20({ depthDropout: 0.9, mapDropout: (name) => dropout(0.3, { name }), denseDropout: 0.1 }),
      resNet20(),
      [
        ...[0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((i) => [
          [`block${i + 1}.dropout`, 'dropout', 0.3, mapOf(i)],
          [`block${i + 1}.dropPath`, 'depth', expect.closeTo((i + 1) / 10, 12), [1, 1, 1]],
        ]),
        ['features.dropout', 'dropout', 0.1, [64]],
      ],
    ],
    [
      'visionTransformer',
      [28, 28],
      visionTransformer({
        depth: 2,
        attentionDropout: 0.1,
        mlpDropout: 0.2,
        dropout: 0.3,
        depthDropout: 0.4,
      }),
      visionTransformer({ depth: 2 }),
      [
        ['tokens.dropout', 'dropout', 0.3, [50, 64]],
        ...[1, 2].flatMap((i) => [
          [`block${i}.attention.dropout`, 'attention', 0.1, [4, 50, 50]],
          [`block${i}.dropout1`, 'dropout', 0.3, [50, 64]],
          [`block${i}.dropPath1`, 'depth', 0.2 * i, [1, 1]],
          [`block${i}.mlpDropout`, 'dropout', 0.2, [50, 128]],
          [`block${i}.dropout2`, 'dropout', 0.3, [50, 64]],
          [`block${i}.dropPath2`, 'depth', 0.2 * i, [1, 1]],
        ]),
      ],
    ],
    [
      'textClassifier',
      [20],
      textClassifier({
        vocabulary: 100,
        embeddingDropout: 0.1,
        inputDropout: 0.2,
        recurrentDropout: 0.3,
        stateDropout: 0.4,
      }),
      text,
      [
        ['embedding', 'embedding', 0.1, [1]],
        ['lstm.dropout', 'variational', 0.2, [1, 64]],
        ['lstm.recurrentDropout', 'variational', 0.3, [64]],
        ['state.dropout', 'dropout', 0.4, [64]],
      ],
    ],
  ])(
    '%s has its dropouts where it says, and a mean program without a trace of them',
    (_, input, thinned, plain, sites) => {
      const net = build(input, thinned);
      expect(sitesOf(net)).toEqual(sites);
      const [mean, without] = [net, build(input, plain)].map(meanProgram);
      expect(mean?.inputs).toEqual(without?.inputs);
      expect(mean?.nodes.map(({ op }) => op)).toEqual(without?.nodes.map(({ op }) => op));
      expect(mean?.initializers.map(({ name }) => name)).toEqual(
        without?.initializers.map(({ name }) => name),
      );
    },
  );

  it('begin with weights that depend on the seed and on no dropout', () => {
    const begin = (seed: number, depthDropout?: number) =>
      build([28, 28], resNet20({ depthDropout }), seed).graph.initializers.filter(({ name }) =>
        /weight$/.test(name),
      );
    expect(begin(1, 0.3)).toEqual(begin(1));
    expect(begin(2)).not.toEqual(begin(1));
  });

  it('take a head in the place of their dense layers, and rates of depth block by block', () => {
    const head: Layer = (x, scope) => scope.builder.op('ReduceMean', [x, scope.builder.int64([1])]);
    expect(build([28, 28], resNet20({ head })).graph.outputs[0]?.shape).toEqual(['N', 1]);
    expect(build([28, 28], leNet({ head })).graph.outputs[0]?.shape).toEqual(['N', 1, 7, 7]);
    expect(build([5], textClassifier({ vocabulary: 9, head })).graph.outputs[0]?.shape).toEqual(['N', 1]);
    const rates = Array.from({ length: 9 }, (_, i) => (i === 8 ? linearRate(0, 0.5, 10) : 0));
    expect(build([28, 28], resNet20({ depthDropout: rates })).sites.map(({ rate }) => rate)).toEqual([
      rates[8],
    ]);
  });

  it.each<[string, () => unknown, string]>([
    ['a vector', () => build([784], leNet()), 'leNet: its input [N, 784] must be images'],
    ['a rate', () => leNet({ denseDropout: 1.5 }), 'rate is 1.5'],
    ['a head with classes', () => leNet({ head: (x) => x, classes: 3 }), 'leNet: head takes the place'],
    [
      'a head of texts with dropout',
      () => textClassifier({ vocabulary: 9, head: (x) => x, stateDropout: 0.1 }),
      'textClassifier: head takes the place',
    ],
    [
      'a head with dropout',
      () => resNet20({ head: (x) => x, denseDropout: 0.1 }),
      'resNet20: head takes the place',
    ],
    ['a depth rate', () => resNet20({ depthDropout: 2 }), 'rate is 2'],
    ['too few rates', () => resNet20({ depthDropout: [0.1] }), 'depthDropout has 1 rates for 9 blocks'],
    ['no blocks', () => visionTransformer({ depth: 0 }), 'depth is 0; it must be a positive integer'],
    ['a patch', () => build([28, 28], visionTransformer({ patch: 5 })), 'patch is 5'],
    ['a vocabulary', () => textClassifier({ vocabulary: 0 }), 'vocabulary is 0'],
  ])('refuse %s in words that name it', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

/** The shape of the maps between the convolutions of the i-th block. */
function mapOf(i: number): readonly number[] {
  const stage = Math.floor(i / 3);
  return [16 * 2 ** stage, 32 / 2 ** stage, 32 / 2 ** stage];
}
