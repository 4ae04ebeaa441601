/** @file Recurrent layers: one mask a sequence, what is left of it at inference, directions, how they begin, errors. */
import { describe, expect, it } from 'vitest';
import type { TensorValue } from '../../onnx/model.js';
import { standardModel } from '../../onnx/version.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { network } from '../build.js';
import { fromOnnx } from '../import.js';
import { type Init, zeros } from '../init.js';
import type { Network } from '../network.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import type { Layer } from '../scope.js';
import { bidirectional } from './bidirectional.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import type { RecurrentOptions } from './options.js';
import { simpleRnn } from './simple-rnn.js';

const layers: readonly [string, number, (units: number, options?: RecurrentOptions) => Layer][] = [
  ['lstm', 4, lstm],
  ['gru', 3, gru],
  ['simpleRnn', 1, simpleRnn],
  ['gru', 3, (units, options) => gru(units, { ...options, resetAfter: false })],
];

const waves = (dims: readonly number[]) =>
  floats(
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(2 * i * i + i)),
  );
const identity: Init = (out) => {
  const side = Math.sqrt(out.length);
  for (let i = 0; i < side; i++) out[i * side + i] = 1;
};
const dataOf = (tensor: TensorValue | undefined) => tensor?.data as Float32Array;
const parameterOf = ({ graph }: Network, name: string) =>
  graph.initializers.find((tensor) => tensor.name === name)?.data as Float32Array;

describe.each(layers)('%s of %i gates', (kind, gates, layer) => {
  it('has two sites of kind variational: one mask [N, 1, F] for inputs, one [N, units] for states', () => {
    const { sites } = network(
      { input: [5, 3], seed: 1 },
      layer(4, { dropout: 0.2, recurrentDropout: 0.4, name: 'r' }),
    );
    expect(sites.map(({ kind, name, rate, shape, id }) => [kind, name, rate, shape, id])).toEqual([
      ['variational', 'r.dropout', 0.2, ['N', 1, 3], 0],
      ['variational', 'r.recurrentDropout', 0.4, ['N', 4], 1],
    ]);
  });

  it('keeps the numbers of sites where a rate is 0', () => {
    const { sites } = network(
      { input: [5, 3], seed: 1 },
      layer(4, { recurrentDropout: 0.4, returnSequences: true }),
      layer(2, { dropout: 0.1 }),
    );
    expect(sites.map(({ name, id }) => [name, id])).toEqual([
      [`${kind}1.recurrentDropout`, 1],
      [`${kind}2.dropout`, 2],
    ]);
  });

  it('has a mean program without a trace of dropout: the nodes and the bits of the layer without', async () => {
    const built = (options: RecurrentOptions) =>
      meanProgram(network({ input: [5, 3], seed: 1 }, layer(4, { ...options, returnSequences: true })));
    const thinnable = built({ dropout: 0.3, recurrentDropout: 0.6 });
    const plain = built({});
    expect(thinnable.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(thinnable.nodes.map(({ op }) => op)).toEqual(plain.nodes.map(({ op }) => op));
    const x = waves([2, 5, 3]);
    expect(await runGraph(thinnable, { x })).toEqual(await runGraph(plain, { x }));
  });

  it('serves every batch size, 0 included', async () => {
    const graph = meanProgram(network({ input: [5, 3], seed: 1 }, layer(4, { returnSequences: true })));
    const three = await runGraph(graph, { x: waves([3, 5, 3]) });
    const one = await runGraph(graph, { x: waves([1, 5, 3]) });
    expect(one.y?.dims).toEqual([1, 5, 4]);
    const first = dataOf(three.y).subarray(0, 20);
    const single = dataOf(one.y);
    for (const [i, value] of single.entries()) expect(value).toBeCloseTo(first[i] as number, 6);
    expect((await runGraph(graph, { x: floats([0, 5, 3], []) })).y?.dims).toEqual([0, 5, 4]);
  });

  it('gives the last state read: of the last time step, or going backwards of the first', async () => {
    const x = waves([2, 4, 3]);
    const run = async (options: RecurrentOptions) =>
      (await runGraph(network({ input: [4, 3], seed: 1 }, layer(2, options)).graph, { x })).y
        ?.data as Float32Array;
    for (const [goBackwards, last] of [
      [false, 3],
      [true, 0],
    ] as const) {
      const all = await run({ goBackwards, returnSequences: true });
      const example = (n: number) => Array.from(all.subarray(n * 8 + last * 2, n * 8 + last * 2 + 2));
      expect(Array.from(await run({ goBackwards }))).toEqual([0, 1].flatMap(example));
    }
  });

  it('begins with an orthogonal recurrent matrix for each gate', () => {
    const built = network({ input: [2, 3], seed: 5 }, layer(6, { name: 'r' }));
    const weight = parameterOf(built, 'r.recurrentWeight');
    const at = (gate: number, row: number, column: number) =>
      weight[row * 6 * gates + gate * 6 + column] as number;
    for (let gate = 0; gate < gates; gate++)
      for (let a = 0; a < 6; a++)
        for (let b = 0; b < 6; b++) {
          const product = [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + at(gate, a, k) * at(gate, b, k), 0);
          expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
        }
    const bound = Math.sqrt(6 / (3 + 6));
    const inputs = parameterOf(built, 'r.inputWeight');
    expect(inputs.every((w) => Math.abs(w) <= bound)).toBe(true);
    expect(Math.max(...inputs)).toBeGreaterThan(bound / 2);
  });

  it.each<[number, RecurrentOptions, string]>([
    [0, {}, `${kind}: units is 0; it must be a positive integer`],
    [2.5, { name: 'r' }, `${kind} "r": units is 2.5`],
    [2, { dropout: 1.5 }, `dropout of ${kind}: rate is 1.5; it is the probability to drop`],
    [2, { recurrentDropout: -1, name: 'r' }, `recurrentDropout of ${kind} "r": rate is -1`],
  ])('refuses %j units with %j', (units, options, message) => {
    expect(() => layer(units, options)).toThrow(message);
  });

  it.each([[[3]], [[3, 4, 5]]])('refuses examples of shape %j', (input) => {
    expect(() => network({ input, seed: 1 }, layer(2))).toThrow(
      `${kind} "${kind}1": its input [N, ${input.join(', ')}] must be [N, time, features]`,
    );
  });
});

describe('the masks of a sequence', () => {
  it('drop an input feature at all time steps or at none, differently for each example', async () => {
    const built = network(
      { input: [5, 8], seed: 1 },
      simpleRnn(8, {
        activation: 'relu',
        init: identity,
        recurrentInit: zeros(),
        returnSequences: true,
        dropout: 0.5,
      }),
    );
    const x = floats([3, 5, 8], Array(120).fill(1));
    const { y } = await runGraph(thinnedProgram(built), { x, ...noiseFeeds(built, 3, { seed: 7, step: 2 }) });
    const steps = Array.from({ length: 15 }, (_, i) => dataOf(y).slice(i * 8, i * 8 + 8));
    for (const [i, step] of steps.entries()) expect(step).toEqual(steps[5 * Math.floor(i / 5)]);
    expect(new Set(steps.flatMap((step) => [...step]))).toEqual(new Set([0, 2]));
    expect(steps[0]).not.toEqual(steps[5]);
  });

  it('drop a unit of the state whenever it meets a weight, but leave it what it is', async () => {
    const one: Init = (out) => void out.fill(1);
    const built = network(
      { input: [4, 1], seed: 1 },
      simpleRnn(16, {
        activation: 'relu',
        init: one,
        recurrentInit: identity,
        returnSequences: true,
        recurrentDropout: 0.5,
      }),
    );
    const noise = noiseFeeds(built, 2, { seed: 3, step: 0 });
    const mask = noise['noise.simpleRnn1.recurrentDropout']?.data as Float32Array;
    const x = floats([2, 4, 1], Array(8).fill(1));
    const { y } = await runGraph(thinnedProgram(built), { x, ...noise });
    // h ← 1 + h · r with r = 0: 1, 1, 1, 1; with r = 2: 1, 3, 7, 15.
    const expected = [0, 1].flatMap((n) =>
      [1, 3, 7, 15].flatMap((kept) =>
        Array.from({ length: 16 }, (_, u) => (mask[n * 16 + u] === 0 ? 1 : kept)),
      ),
    );
    expect(Array.from(dataOf(y))).toEqual(expected);
    expect(new Set(mask)).toEqual(new Set([0, 2]));
  });
});

describe('lstm', () => {
  it('begins with forget biases of 1, or as told, and all others 0', () => {
    const biasOf = (layer: Layer) =>
      Array.from(parameterOf(network({ input: [2, 3], seed: 1 }, layer), 'l.bias'));
    expect(biasOf(lstm(2, { name: 'l' }))).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect(biasOf(lstm(2, { name: 'l', forgetBias: -0.5 }))).toEqual([0, 0, -0.5, -0.5, 0, 0, 0, 0]);
  });

  it('refuses a forget bias without a use', () => {
    expect(() => lstm(2, { bias: false, forgetBias: 1 })).toThrow(
      'forgetBias has no use where bias is false',
    );
    expect(() => lstm(2, { forgetBias: Number.NaN })).toThrow(
      'lstm: forgetBias is NaN; it must be a finite number',
    );
  });

  it('lists W, R and b as parameters: [F, 4·units], [units, 4·units], [4·units]', () => {
    const { parameters } = network({ input: [7, 3], seed: 1 }, lstm(2, { name: 'l' }));
    expect(parameters.map(({ name, shape, role }) => [name, shape, role])).toEqual([
      ['l.inputWeight', [3, 8], 'weight'],
      ['l.recurrentWeight', [2, 8], 'weight'],
      ['l.bias', [8], 'bias'],
    ]);
  });
});

describe('a network that was exported', () => {
  it.each([
    ['lstm', lstm(4, { name: 'r' })],
    ['gru', gru(4, { name: 'r' })],
    ['simpleRnn', simpleRnn(4, { name: 'r' })],
  ])('has the same parameters when it is imported again: %s', (_, layer) => {
    const built = network({ input: [5, 3], seed: 1 }, layer);
    const again = fromOnnx(standardModel(meanProgram(built)));
    const sorted = ({ parameters }: Network) => parameters.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(sorted(again)).toEqual(sorted(built));
  });
});

describe('simpleRnn', () => {
  it('refuses an activation that it does not have', () => {
    expect(() => simpleRnn(2, { activation: 'gelu' as 'tanh' })).toThrow(
      'simpleRnn: activation is "gelu"; it must be one of tanh, relu',
    );
  });
});

describe('bidirectional', () => {
  it('has parameters and masks of its own for each direction', () => {
    const { parameters, sites } = network(
      { input: [4, 3], seed: 1 },
      bidirectional((direction) => gru(2, { ...direction, dropout: 0.5, bias: false })),
    );
    expect(parameters.map(({ name }) => name)).toEqual([
      'bidirectional1.forward.inputWeight',
      'bidirectional1.forward.recurrentWeight',
      'bidirectional1.backward.inputWeight',
      'bidirectional1.backward.recurrentWeight',
    ]);
    expect(sites.map(({ name }) => name)).toEqual([
      'bidirectional1.forward.dropout',
      'bidirectional1.backward.dropout',
    ]);
  });

  it('refuses layers of different shapes', () => {
    const layer = bidirectional(({ name, goBackwards }) => lstm(goBackwards ? 2 : 3, { name, goBackwards }), {
      name: 'both',
    });
    expect(() => network({ input: [4, 3], seed: 1 }, layer)).toThrow(
      'bidirectional "both": its layers make [N, 3] and [N, 2]; the shapes must be equal',
    );
  });
});
