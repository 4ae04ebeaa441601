/** @file Networks: names, parameters, numbering, composition and errors. */
import { describe, expect, it } from 'vitest';
import { relu } from './activations.js';
import { network } from './build.js';
import { add, block, residual, sequential } from './compose.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import type { Layer } from './scope.js';

const options = { input: [4], seed: 1 };
const names = (...layers: Layer[]): string[] =>
  network(options, ...layers).graph.nodes.map((node) => node.name);

describe('network', () => {
  it('is the same whether its layers are listed or called', () => {
    const listed = network(options, dense(8), relu(), dropout(0.5), dense(2));
    const called = network(options, (x, scope) => {
      const hidden = dropout(0.5)(relu()(dense(8)(x, scope), scope), scope);
      return dense(2)(hidden, scope);
    });
    const nested = network(
      options,
      sequential(dense(8), sequential(relu(), dropout(0.5))),
      sequential(),
      dense(2),
    );
    expect(called).toEqual(listed);
    expect(nested).toEqual(listed);
  });

  it('is plain data: it survives structuredClone', () => {
    const built = network(options, dense(8), dropout(0.5));
    expect(structuredClone(built)).toEqual(built);
  });

  it('takes features [N, ...input] first, then one input a site', () => {
    const { graph, sites } = network(
      { input: [4], seed: 1, inputName: 'features', outputName: 'logits' },
      dense(8),
      dropout(0.5),
    );
    expect(graph.inputs).toEqual([
      { name: 'features', type: 'float32', shape: ['N', 4] },
      { name: 'noise.dropout1', type: 'float32', shape: ['N', 8] },
    ]);
    expect(graph.outputs).toEqual([{ name: 'logits', type: 'float32', shape: ['N', 8] }]);
    expect(sites.map((site) => site.input)).toEqual(['noise.dropout1']);
  });

  it('names layers by kind and number, around the names given', () => {
    expect(names(dense(4), dense(4, { name: 'dense2' }), dense(4), relu(), relu())).toEqual([
      'dense1',
      'dense2',
      'dense3',
      'relu1',
      'relu2',
      'y',
    ]);
    expect(names(block('stem', dense(4), relu()), dense(4))).toEqual([
      'stem.dense1',
      'stem.relu1',
      'dense1',
      'y',
    ]);
    expect(names(block('a', block('b', dense(4))))).toEqual(['a.b.dense1', 'y']);
  });

  it('draws each parameter from its own number: the seed decides, names do not', () => {
    const weights = (seed: number, ...layers: Layer[]) =>
      network({ input: [4], seed }, ...layers)
        .graph.initializers.filter((t) => t.dims.length === 2)
        .map((t) => t.data);
    const [first, second] = weights(1, dense(4), dense(4));
    expect(first).not.toEqual(second);
    expect(weights(1, dense(4, { name: 'a' }), dense(4, { name: 'b' }))).toEqual([first, second]);
    expect(weights(2, dense(4), dense(4))[0]).not.toEqual(first);
  });

  it('residual adds its input; add joins branches', () => {
    expect(names(residual(dense(4), relu()))).toEqual(['dense1', 'relu1', 'residual1', 'y']);
    expect(names((x, s) => add(dense(3)(x, s), dense(3)(x, s), s))).toEqual([
      'dense1',
      'dense2',
      'add1',
      'y',
    ]);
  });

  it.each<[string, () => unknown, string]>([
    [
      'a residual branch of another shape',
      () => network(options, residual(dense(3))),
      '"residual1": shapes [N, 4] and [N, 3] must be equal to be added',
    ],
    [
      'one name twice',
      () => network(options, dense(4, { name: 'a' }), dense(4, { name: 'a' })),
      'dense layer: the name "a" is taken; give each layer a name of its own',
    ],
    [
      'a name taken by a number',
      () => network(options, relu(), relu({ name: 'relu1' })),
      'relu layer: the name "relu1" is taken',
    ],
    [
      'the name of the input',
      () => network(options, dense(4, { name: 'x' })),
      'dense layer: the name "x" is taken',
    ],
    [
      'the name of the output',
      () => network(options, dense(4, { name: 'y' })),
      'dense layer: the name "y" is taken',
    ],
    ['an empty name', () => network(options, dense(4, { name: '' })), 'dense layer: its name is empty'],
    [
      'an input axis of 0',
      () => network({ input: [4, 0], seed: 1 }),
      'network input [4, 0]: axis 0 must be a positive integer',
    ],
    [
      'one name for input and output',
      () => network({ ...options, outputName: 'x' }),
      'its input is named "x" and its output "x"',
    ],
    [
      'a seed that is no integer',
      () => network({ input: [4], seed: 0.1 }, dense(2)),
      'seed is 0.1; it must be an integer from 0 to 2^53 - 1',
    ],
    [
      'an output without the batch axis',
      () => network(options, (_, s) => s.builder.op('Identity', [s.constant('c', [2], new Float32Array(2))])),
      'network output [2]: its first axis must be the batch, N',
    ],
    [
      'a constant that does not fill its shape',
      () => network(options, (_, s) => s.constant('c', [3], new Float32Array(2))),
      'constant "c": 2 elements do not fill shape [3]',
    ],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});
