/** @file What each layer writes, by its formula, run through ONNX Runtime. */
import { describe, expect, it } from 'vitest';
import { runGraph } from '../testing/run.js';
import {
  elu,
  gelu,
  leakyRelu,
  logSoftmax,
  relu,
  selu,
  sigmoid,
  softmax,
  softplus,
  tanh,
} from './activations.js';
import { network } from './build.js';
import { dense } from './dense.js';
import { constantInit } from './init.js';
import { flatten, reshape } from './reshape.js';
import type { Layer } from './scope.js';
import { standardize } from './standardize.js';

/** Output of layers on a batch of examples of the given shape. */
async function run(
  input: number[],
  data: number[],
  ...layers: Layer[]
): Promise<{ dims: readonly number[]; data: number[] }> {
  const { graph } = network({ input, seed: 1 }, ...layers);
  const dims = [data.length / input.reduce((a, b) => a * b, 1), ...input];
  const { y } = await runGraph(graph, { x: { type: 'float32', dims, data: Float32Array.from(data) } });
  return { dims: y?.dims ?? [], data: Array.from(y?.data as Float32Array) };
}

function expectClose(seen: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  expect(seen.length).toBe(expected.length);
  for (const [i, x] of expected.entries())
    expect(Math.abs((seen[i] as number) - x)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(x)));
}

/** erf by its Taylor series, exact enough for |x| ≤ 3. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

describe('activations', () => {
  const points = [-3, -1, -0.5, 0, 0.25, 1, 2.5];
  const [lambda, alpha] = [1.0507009873554805, 1.6732632423543772];
  it.each<[string, Layer, (x: number) => number]>([
    ['relu', relu(), (x) => Math.max(0, x)],
    ['leakyRelu', leakyRelu(), (x) => (x < 0 ? 0.01 * x : x)],
    ['leakyRelu with alpha', leakyRelu({ alpha: 0.2 }), (x) => (x < 0 ? 0.2 * x : x)],
    ['elu', elu(), (x) => (x < 0 ? Math.expm1(x) : x)],
    ['elu with alpha', elu({ alpha: 0.5 }), (x) => (x < 0 ? 0.5 * Math.expm1(x) : x)],
    ['selu', selu(), (x) => lambda * (x < 0 ? alpha * Math.expm1(x) : x)],
    ['gelu', gelu(), (x) => (x / 2) * (1 + erf(x / Math.SQRT2))],
    ['sigmoid', sigmoid(), (x) => 1 / (1 + Math.exp(-x))],
    ['tanh', tanh(), Math.tanh],
    ['softplus', softplus(), (x) => Math.log1p(Math.exp(x))],
  ])('%s is its formula', async (_, layer, formula) => {
    expectClose((await run([7], points, layer)).data, points.map(formula));
  });

  it('softmax and logSoftmax run over the axis asked for', async () => {
    const data = [1, 2, 3, -1, 0.5, 0];
    const sums = (axis: 1 | 2): number[] =>
      data.map((_, i) => {
        const same = data.filter((_, j) =>
          axis === 2 ? Math.floor(j / 3) === Math.floor(i / 3) : j % 3 === i % 3,
        );
        return same.reduce((sum, x) => sum + Math.exp(x), 0);
      });
    expectClose(
      (await run([2, 3], data, softmax())).data,
      data.map((x, i) => Math.exp(x) / (sums(2)[i] as number)),
    );
    expectClose(
      (await run([2, 3], data, logSoftmax({ axis: 1 }))).data,
      data.map((x, i) => x - Math.log(sums(1)[i] as number)),
    );
  });

  it('refuse an alpha that is not finite', () => {
    expect(() => elu({ alpha: Number.NaN })).toThrow('elu: alpha is NaN; it must be a finite number');
  });
});

describe('dense', () => {
  it('is x · W + b over the last axis, as Gemm for [N, in] and MatMul otherwise', async () => {
    const layer = dense(2, { init: constantInit(0.5) });
    expect(await run([3], [1, 2, 3, 4, 5, 6], layer)).toEqual({ dims: [2, 2], data: [3, 3, 7.5, 7.5] });
    expect(await run([2, 3], [1, 2, 3, 4, 5, 6], layer)).toEqual({ dims: [1, 2, 2], data: [3, 3, 7.5, 7.5] });
    const ops = (input: number[], bias: boolean) =>
      network({ input, seed: 1 }, dense(2, { bias })).graph.nodes.map((node) => node.op);
    expect(ops([3], true)).toEqual(['Gemm', 'Identity']);
    expect(ops([4, 3], true)).toEqual(['MatMul', 'Add', 'Identity']);
    expect(ops([4, 3], false)).toEqual(['MatMul', 'Identity']);
  });

  it('registers its weight, with the axes of a unit, and its bias', () => {
    expect(network({ input: [3], seed: 1 }, dense(2, { name: 'out' })).parameters).toEqual([
      { name: 'out.weight', shape: [3, 2], role: 'weight', incomingAxes: [0] },
      { name: 'out.bias', shape: [2], role: 'bias', incomingAxes: [] },
    ]);
    expect(network({ input: [3], seed: 1 }, dense(2, { bias: false })).parameters.map((p) => p.name)).toEqual(
      ['dense1.weight'],
    );
  });

  it('refuses a number of units or an input that it cannot take', () => {
    expect(() => network({ input: [3], seed: 1 }, dense(0))).toThrow(
      'dense "dense1": units is 0; it must be a positive integer',
    );
    expect(() => network({ input: [], seed: 1 }, dense(2))).toThrow(
      'dense "dense1": its input [N] needs a last axis',
    );
  });
});

describe('shapes', () => {
  it('flatten lays an example out in a row, and leaves a row alone', async () => {
    const data = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(await run([2, 2], data, flatten())).toEqual({ dims: [2, 4], data });
    expect(network({ input: [4], seed: 1 }, flatten()).graph.nodes.map((node) => node.op)).toEqual([
      'Identity',
    ]);
  });

  it('reshape keeps the batch axis and fills in −1', async () => {
    const data = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    expect(await run([6], data, reshape([2, -1]))).toEqual({ dims: [2, 2, 3], data });
  });

  it.each([[[4, 2]], [[-1, -1]], [[4, -1]], [[0, -1]], [[2.5, 2.4]]])(
    'reshape refuses [%s] for six elements',
    (shape) => {
      expect(() => network({ input: [6], seed: 1 }, reshape(shape))).toThrow(
        `reshape "reshape1": an example of shape [6] has 6 elements, which do not fill [${shape.join(', ')}]`,
      );
    },
  );
});

describe('standardize', () => {
  it('subtracts the mean and divides by the standard deviation, of all or of each feature', async () => {
    expectClose((await run([2], [1, 2, 3, 4], standardize(1, 2))).data, [0, 0.5, 1, 1.5]);
    expectClose((await run([2], [1, 2, 3, 4], standardize([1, 2], [2, 4]))).data, [0, 0, 1, 0.5]);
    expectClose((await run([1, 2], [1, 2], standardize(0, Float32Array.of(2, 4)))).data, [0.5, 0.5]);
  });

  it('trains nothing', () => {
    expect(network({ input: [2], seed: 1 }, standardize(1, 2)).parameters).toEqual([]);
  });

  it.each<[Parameters<typeof standardize>, string]>([
    [[0, 0], 'std is 0; it must be above 0 (use 1 for a feature that never varies)'],
    [
      [
        [0, 0],
        [1, 0],
      ],
      'std of feature 1 is 0; it must be above 0',
    ],
    [[Number.NaN, 1], 'mean is NaN; it must be a finite number'],
    [[[0, 0, 0], 1], 'mean has 3 values for features of shape [2]; give one, or one a feature'],
  ])('refuses %o', (statistics, message) => {
    expect(() => network({ input: [2], seed: 1 }, standardize(...statistics))).toThrow(
      `standardize "standardize1": ${message}`,
    );
  });
});
