/** @file What is seen in models that can be trained, and in models that cannot. */
import { attribute, GraphBuilder, type Model, standardModel } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { chain, dropoutModel } from '../testing/dropout-model.js';
import { inspect } from './inspection.js';
import { inWords } from './words.js';

describe('an inspection', () => {
  it('finds inputs, outputs, operators, parameters and dropout', () => {
    const { graph: _, advice, ...found } = inspect(dropoutModel());
    expect(found).toEqual({
      name: 'example',
      opset: 21,
      producer: expect.stringMatching(/^thinnet /i),
      inputs: [{ name: 'x', type: 'float32', shape: ['N', 1, 6, 6] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['N', 3] }],
      operators: { Dropout: 2, Conv: 1, Flatten: 1, Gemm: 1 },
      parameters: {
        tensors: [
          { name: 'conv.weight', shape: [4, 1, 3, 3], role: 'weight' },
          { name: 'fc.weight', shape: [64, 3], role: 'weight' },
        ],
        total: 36 + 192,
      },
      sites: [
        { id: 0, name: 'early', kind: 'dropout', rate: 0.25, shape: ['N', 4, 4, 4], mark: 'noise.early' },
        { id: 1, name: 'late', kind: 'dropout', rate: 0.875, shape: ['N', 64], mark: 'noise.late' },
      ],
      withoutGradient: {},
    });
    expect(advice?.map(({ name, layer }) => [name, layer])).toEqual([
      ['element-wise-on-feature-map', 'early'],
      ['rate-like-keep-probability', 'late'],
    ]);
    expect(inspect(dropoutModel(), ['rate-like-keep-probability']).advice).toHaveLength(1);
  });

  it('of a model with two inputs says why it cannot be trained, and advises all the same', () => {
    const b = new GraphBuilder('two');
    const sum = b.op('Add', [b.input('a', 'float32', ['N', 4]), b.input('b', 'float32', ['N', 4])]);
    const ratio = b.scalar(0.5);
    b.output(
      b.op('Hardmax', [b.op('Dropout', [sum, ratio], {}, { name: 'thin' })], {}, { name: 'last' }),
      'y',
    );
    const found = inspect(standardModel(b.build()));
    expect(found.reason).toContain('its inputs are "a", "b"; a network has one');
    expect(found.inputs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(found.sites.map(({ name, rate, shape }) => [name, rate, shape])).toEqual([
      ['thin', 0.5, ['N', 4]],
    ]);
    expect(found.advice?.map(({ name }) => name)).toEqual(['after-last-layer']);
    expect(inWords(found)).toContain(`It cannot be trained as it is: ${found.reason}`);
  });

  it('names the operators without a gradient between parameters and outputs', () => {
    const found = inspect(chain('Hardmax'));
    expect(found.withoutGradient).toEqual({ Hardmax: ['last'] });
    expect(inWords(found)).toContain('  Hardmax: last');
    expect(inWords(inspect(chain('Relu')))).toContain('Gradient    reaches all parameters');
  });

  it.each<readonly [string, (model: Model) => Model, number | undefined]>([
    ['as a constant', (model) => model, 0.25],
    ['as an attribute', (model) => withRatio(model, attribute.float(0.125)), 0.125],
    ['not at all', (model) => withRatio(model, undefined), 0.5],
  ])('finds the Dropout nodes of a graph whose shapes are unknown; ratio %s', (_, change, rate) => {
    const found = inspect(change(withCustomStart(dropoutModel())));
    expect(found.reason).toContain('no rule says what its output 0 ("conv") is');
    expect(found.sites[0]).toEqual({
      id: 0,
      name: 'early',
      kind: 'dropout',
      rate,
      shape: undefined,
      mark: 'early',
    });
    expect(found.advice).toBeUndefined();
    expect(inWords(found)).toContain('Warnings    cannot be given, since shapes are not known');
  });

  it('in words has a line for each parameter, site and warning, and none for what is not there', () => {
    const words = inWords(inspect(dropoutModel())).join('\n');
    expect(words).toContain('Inputs      x float32[N, 1, 6, 6]\nOutputs     y float32[N, 3]\n');
    expect(words).toContain('Operators   Dropout × 2, Conv, Flatten, Gemm\nParameters  228 in 2 tensors\n');
    expect(words).toMatch(/^ {2}conv\.weight +\[4, 1, 3, 3\] +weight +36$/m);
    expect(words).toMatch(/^ {2}1 +late +dropout +0\.875 +\[N, 64\]$/m);
    expect(words).toMatch(/^Warnings {4}2; /m);
    const none = inWords(inspect(chain('Relu'))).join('\n');
    expect(none).toContain('Dropout     none in this file');
    expect(none).not.toContain('Warnings');
  });
});

/** The first node's operator replaced by one that nobody knows, so that shapes behind it stay unknown. */
const withCustomStart = (model: Model): Model => ({
  ...model,
  graph: {
    ...model.graph,
    values: [],
    nodes: model.graph.nodes.map((node, i) => (i === 0 ? { ...node, domain: 'org.example' } : node)),
  },
});

/** Dropout as before opset 12, with its ratio in an attribute. */
const withRatio = (model: Model, ratio: ReturnType<typeof attribute.float> | undefined): Model => ({
  ...model,
  graph: {
    ...model.graph,
    nodes: model.graph.nodes.map((node) =>
      node.op === 'Dropout'
        ? { ...node, inputs: node.inputs.slice(0, 1), attributes: ratio ? { ratio } : {} }
        : node,
    ),
  },
});
