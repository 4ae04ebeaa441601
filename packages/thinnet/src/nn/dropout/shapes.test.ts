/** @file Kinds that differ in what they drop whole: channels, time, branches, rows, weights. */
import { describe, expect, it } from 'vitest';
import type { Rate } from '../../noise/schedule.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { network } from '../build.js';
import { residual } from '../compose.js';
import { dense } from '../dense.js';
import { constantInit } from '../init.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import type { Layer } from '../scope.js';
import { featureAlphaDropout } from './alpha.js';
import { attentionDropout } from './attention.js';
import { batchwiseDropout } from './batchwise.js';
import { dropBlock } from './drop-block.js';
import { dropConnect } from './drop-connect.js';
import { dropPath } from './drop-path.js';
import { embedding } from './embedding.js';
import { spatialDropout } from './spatial.js';
import { variationalDropout } from './variational.js';

/** What a layer makes of ones [examples, ...input] under one draw of its noise. */
async function thinned(layer: Layer, examples: number, input: readonly number[]): Promise<Float32Array> {
  const built = network({ input, seed: 1 }, layer);
  const dims = [examples, ...input];
  const x = floats(dims, Array(dims.reduce((a, b) => a * b)).fill(1));
  const { y } = await runGraph(thinnedProgram(built), {
    x,
    ...noiseFeeds(built, examples, { seed: 7, step: 2 }),
  });
  return y?.data as Float32Array;
}

const parts = (xs: Float32Array, length: number): Float32Array[] =>
  Array.from({ length: xs.length / length }, (_, i) => xs.subarray(i * length, (i + 1) * length));

const isUniform = (xs: Float32Array): boolean => xs.every((x) => x === xs[0]);

describe('spatialDropout', () => {
  it.each([[[8, 6]], [[8, 3, 4]], [[8, 2, 3, 2]]])(
    'drops channels whole, some of them: x [N, %j]',
    async (input) => {
      const channels = parts(
        await thinned(spatialDropout(0.5), 4, input),
        input.slice(1).reduce((a, b) => a * b),
      );
      expect(channels.every(isUniform)).toBe(true);
      expect(new Set(channels.map(([first]) => first))).toEqual(new Set([0, 2]));
    },
  );
});

describe('featureAlphaDropout', () => {
  it('drops channels whole', async () => {
    const channels = parts(await thinned(featureAlphaDropout(0.5), 4, [8, 3]), 3);
    expect(channels.every(isUniform)).toBe(true);
    expect(new Set(channels.map(([first]) => first)).size).toBe(2);
  });
});

describe('variationalDropout', () => {
  it('has one mask for all time steps, of its own for each example', async () => {
    const [T, F] = [5, 8];
    const examples = parts(await thinned(variationalDropout(0.5), 3, [T, F]), T * F);
    for (const example of examples)
      for (const step of parts(example, F)) expect(step).toEqual(example.subarray(0, F));
    expect(examples[0]).not.toEqual(examples[1]);
  });

  it('takes another axis for time', () => {
    const { sites } = network({ input: [4, 6, 3], seed: 1 }, variationalDropout(0.5, { timeAxis: -2 }));
    expect(sites[0]?.shape).toEqual(['N', 4, 1, 3]);
  });
});

describe('dropPath', () => {
  it('drops the branch of an example whole, which leaves the shortcut', async () => {
    const branch = dense(4, { init: constantInit(1), bias: false });
    const examples = parts(await thinned(residual(branch, dropPath(0.5)), 32, [4]), 4);
    expect(examples.every(isUniform)).toBe(true);
    // 1 alone, or 1 + 2·4.
    expect(new Set(examples.map(([first]) => first))).toEqual(new Set([1, 9]));
  });
});

describe('attentionDropout', () => {
  it('drops single weights', async () => {
    const y = await thinned(attentionDropout(0.5), 2, [2, 4, 4]);
    expect(new Set(y)).toEqual(new Set([0, 2]));
    expect(parts(y, 4).some((row) => !isUniform(row))).toBe(true);
  });
});

describe('embedding', () => {
  const table = [0, 1, 2, 3, 4, 5, 6, 7];
  const built = (rate: Rate) =>
    network({ input: [6], seed: 1 }, embedding(8, 1, { rate, init: (out) => out.set(table) }));
  const x = floats([2, 6], [1, 2, 3, 1, 2, 3, 7, 6, 1, 5, 5, 3]);

  it('looks rows up, at inference and without a rate', async () => {
    for (const rate of [0, 0.5]) {
      const { y } = await runGraph(meanProgram(built(rate)), { x });
      expect(y).toEqual(floats([2, 6, 1], x.data));
    }
    expect(built(0).sites).toEqual([]);
  });

  it.each([-1, -8, 8, 2.9, -0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'has no word %d: the runtime says that an index is out of bounds',
    async (word) => {
      const wrong = floats([1, 6], [1, 2, word, 3, 4, 5]);
      const error = 'indices element out of data bounds';
      await expect(runGraph(meanProgram(built(0)), { x: wrong })).rejects.toThrow(error);
      const noise = noiseFeeds(built(0.5), 1, { seed: 1, step: 0 });
      await expect(runGraph(thinnedProgram(built(0.5)), { x: wrong, ...noise })).rejects.toThrow(error);
    },
  );

  it('drops a word wherever it occurs in the mini-batch, by the noise of its row', async () => {
    const network = built(0.5);
    const noise = noiseFeeds(network, 2, { seed: 1, step: 0 });
    const rows = noise['noise.embedding1']!.data;
    expect(noise['noise.embedding1']?.dims).toEqual([8, 1]);
    const { y } = await runGraph(thinnedProgram(network), { x, ...noise });
    expect(y?.data).toEqual(x.data.map((word) => (table[word] as number) * (rows[word] as number)));
  });
});

describe('dropConnect', () => {
  it('multiplies the weights by one mask for the mini-batch, and not the bias', async () => {
    const built = network(
      { input: [3], seed: 1 },
      dropConnect(2, 0.5, { init: (out) => out.set([1, 2, 3, 4, 5, 6]) }),
    );
    const noise = noiseFeeds(built, 2, { seed: 3, step: 1 });
    const r = noise['noise.dropConnect1']!.data;
    expect(built.sites[0]?.shape).toEqual([3, 2]);
    const x = floats([2, 3], [1, 10, 100, 1, 1, 1]);
    const { y } = await runGraph(thinnedProgram(built), { x, ...noise });
    const w = (i: number, j: number) => (2 * i + j + 1) * (r[2 * i + j] as number);
    const rows = [x.data.slice(0, 3), x.data.slice(3)];
    expect(Array.from(y!.data as Float32Array)).toEqual(
      rows.flatMap((row) =>
        [0, 1].map((j) => [0, 1, 2].reduce((sum, i) => sum + (row[i] as number) * w(i, j), 0)),
      ),
    );
  });

  it('is dense at inference and at rate 0', async () => {
    const input = { input: [3], seed: 4 };
    const x = floats([1, 3], [1, -2, 3]);
    const [expected] = [await runGraph(network(input, dense(5)).graph, { x })];
    expect(await runGraph(meanProgram(network(input, dropConnect(5, 0.5))), { x })).toEqual(expected);
    expect(await runGraph(network(input, dropConnect(5, 0)).graph, { x })).toEqual(expected);
  });

  it('takes sequences as dense does', () => {
    const { graph } = network({ input: [7, 3], seed: 1 }, dropConnect(2, 0.5));
    expect(graph.outputs[0]?.shape).toEqual(['N', 7, 2]);
  });
});

describe.each([
  ['spatialDropout', 'spatial', (rate: Rate) => spatialDropout(rate), [4, 5]],
  ['dropBlock', 'dropblock', (rate: Rate) => dropBlock(rate, { blockSize: 2 }), [2, 5, 5]],
  ['variationalDropout', 'variational', (rate: Rate) => variationalDropout(rate), [4, 5]],
  ['batchwiseDropout', 'batchwise', (rate: Rate) => batchwiseDropout(rate), [4, 5]],
  ['dropPath', 'depth', (rate: Rate) => dropPath(rate), [4]],
  ['attentionDropout', 'attention', (rate: Rate) => attentionDropout(rate), [4, 4]],
  ['featureAlphaDropout', 'featureAlpha', (rate: Rate) => featureAlphaDropout(rate), [4, 5]],
] as const)('%s', (name, kind, layer, input) => {
  it('is a site of its kind, the identity at inference, nothing at rate 0 and zeros at rate 1', async () => {
    const built = network({ input, seed: 1 }, layer(0.3));
    expect(built.sites.map((site) => [site.kind, site.name])).toEqual([[kind, `${name}1`]]);
    const x = floats(
      [1, ...input],
      Array.from({ length: input.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
    );
    expect(meanProgram(built).inputs.map((info) => info.name)).toEqual(['x']);
    expect((await runGraph(meanProgram(built), { x })).y).toEqual(x);
    expect(network({ input, seed: 1 }, layer(0)).sites).toEqual([]);
    expect(new Set(await thinned(layer(1), 2, input))).toEqual(new Set([0]));
  });

  it('refuses a wrong rate where it is written', () => {
    expect(() => layer(30)).toThrow(`${name}: rate is 30; it is the probability to drop`);
  });
});

describe('layers', () => {
  it.each<[readonly number[], Layer, string]>([
    [
      [4],
      spatialDropout(0.5),
      'spatialDropout "spatialDropout1": its input [N, 4] must be [N, channels, ...] with 1 to 3 spatial axes; for [N, features] use dropout()',
    ],
    [[4], featureAlphaDropout(0.5), 'for [N, features] use alphaDropout()'],
    [
      [4, 4],
      dropBlock(0.5, { blockSize: 2 }),
      'dropBlock "dropBlock1": its input [N, 4, 4] must be [N, channels, height, width]',
    ],
    [[4], variationalDropout(0.5), 'its input [N, 4] must be [N, time, features]'],
    [[4, 4], variationalDropout(0.5, { timeAxis: 0 }), 'timeAxis is 0, the batch; it must be another'],
    [[4], attentionDropout(0.5), 'its input [N, 4] must be attention weights'],
    [[4], dropConnect(0, 0.5), 'dropConnect "dropConnect1": units is 0; it must be a positive integer'],
  ])('refuse inputs that do not fit: %j', (input, layer, message) => {
    expect(() => network({ input, seed: 1 }, layer)).toThrow(message);
  });

  it('refuse options that cannot be', () => {
    expect(() => dropBlock(0.5, { blockSize: 1.5 })).toThrow(
      'dropBlock: blockSize is 1.5; it must be a positive integer',
    );
    expect(() => embedding(0, 4)).toThrow('embedding: vocabulary is 0; it must be an integer from 1 to 2^24');
    expect(() => embedding(8, 4, { rate: 2, name: 'words' })).toThrow('embedding "words": rate is 2');
  });
});
