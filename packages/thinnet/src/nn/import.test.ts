/** @file Imported models: the batch axis, what is trained, Dropout nodes, and what is refused. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { fillNoise } from '../noise/kinds.js';
import { float, int } from '../onnx/attribute.js';
import type { Graph, Node, Shape } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { runGraph } from '../testing/run.js';
import { fromOnnx } from './import.js';
import { meanProgram, thinnedProgram } from './programs.js';
import { trainableOf } from './trainable.js';

type Weight = (name: string, dims: number[]) => Value;
type Body = (x: Value, b: GraphBuilder, w: Weight) => Value;

/** A graph as an exporter writes it, with small weights that all differ. */
function graphOf(shape: Shape, body: Body): Graph {
  const builder = new GraphBuilder('imported');
  const x = builder.input('x', 'float32', shape);
  const weight = (name: string, dims: number[]) => {
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + i));
    return builder.initializer({ name, type: 'float32', dims, data });
  };
  builder.output(body(x, builder, weight), 'y');
  return builder.build();
}

const mlp: Body = (x, b, w) => {
  const hidden = b.op('Relu', [
    b.op('Gemm', [x, w('fc1.weight', [8, 4]), w('fc1.bias', [8])], { transB: int(1) }),
  ]);
  const [thin] = b.ops('Dropout', [hidden, b.scalar(0.25)], {}, { name: 'drop' }) as [Value];
  const product = b.op('MatMul', [thin, w('fc2.weight', [8, 3])]);
  return b.op('Mul', [b.op('Add', [w('fc2.bias', [3]), product]), w('gain', [3])]);
};

describe('fromOnnx', () => {
  it('turns Dropout nodes into noise sites, which the mean program is rid of', async () => {
    const built = fromOnnx(standardModel(graphOf(['batch', 4], mlp)));
    expect(built.sites.map(({ id, kind, rate, shape }) => ({ id, kind, rate, shape }))).toEqual([
      { id: 0, kind: 'dropout', rate: 0.25, shape: ['N', 8] },
    ]);
    expect(built.graph.nodes.some((node) => node.op === 'Dropout')).toBe(false);
    expect(built.graph.inputs.map((input) => input.name)).toEqual(['x', built.sites[0]!.input]);

    const x = { type: 'float32' as const, dims: [2, 4], data: Float32Array.from([1, 2, -3, 4, -5, 6, 7, 8]) };
    const original = (await runGraph(graphOf(['batch', 4], mlp), { x })).y?.data as Float32Array;
    const mean = meanProgram(built);
    expect(mean.inputs.map((input) => input.name)).toEqual(['x']);
    const seen = (await runGraph(mean, { x })).y?.data as Float32Array;
    for (const [i, value] of original.entries())
      expect(Math.abs((seen[i] as number) - value)).toBeLessThan(1e-5);

    const noise = new Float32Array(16);
    fillNoise(built.sites[0]!, { seed: 1, step: 0 }, noise);
    const feeds = { x, [built.sites[0]!.input]: { type: 'float32' as const, dims: [2, 8], data: noise } };
    const thinned = (await runGraph(thinnedProgram(built), feeds)).y?.data as Float32Array;
    expect(thinned).not.toEqual(seen);
  });

  it('trains weights and biases, with the axes of a unit; constants of arithmetic stay', () => {
    expect(fromOnnx(standardModel(graphOf(['batch', 4], mlp))).parameters).toEqual([
      { name: 'fc1.weight', shape: [8, 4], role: 'weight', incomingAxes: [1] },
      { name: 'fc1.bias', shape: [8], role: 'bias', incomingAxes: [] },
      { name: 'fc2.weight', shape: [8, 3], role: 'weight', incomingAxes: [0] },
      { name: 'fc2.bias', shape: [3], role: 'bias', incomingAxes: [] },
    ]);
  });

  it('freezes what it is told to', () => {
    const model = standardModel(graphOf(['batch', 4], mlp));
    const { parameters } = fromOnnx(model, { freeze: ['fc1.weight', 'fc1.bias'] });
    expect(parameters.map((parameter) => parameter.name)).toEqual(['fc2.weight', 'fc2.bias']);
    expect(() => fromOnnx(model, { freeze: ['gain'] })).toThrow(
      'model "imported": freeze names "gain", which training does not change; it changes fc1.weight, fc1.bias, fc2.weight, fc2.bias',
    );
  });

  it.each<[string, Shape]>([
    ['a symbol', ['batch_size', 4]],
    ['N itself', ['N', 4]],
    ['no name', ['', 4]],
    ['a length of 1', [1, 4]],
  ])('makes the batch axis N of %s', (_, shape) => {
    const { graph } = fromOnnx(standardModel(graphOf(shape, mlp)));
    expect(graph.inputs[0]?.shape).toEqual(['N', 4]);
    expect(graph.outputs[0]?.shape).toEqual(['N', 3]);
  });

  it('gives way where another axis is called N', () => {
    const body: Body = (x, b) => b.op('Relu', [x]);
    expect(fromOnnx(standardModel(graphOf(['B', 'N'], body))).graph.inputs[0]?.shape).toEqual([
      'N',
      'N_other',
    ]);
  });

  it.each<[string, Graph, string]>([
    [
      'a fixed batch',
      graphOf([32, 4], mlp),
      'its input "x" has shape [32, 4], a fixed batch of 32; export it with a symbolic first axis',
    ],
    ['an input of rank 0', graphOf([], (x, b) => b.op('Relu', [x])), 'its input "x" has no batch axis'],
    [
      'an output without the batch',
      graphOf([1, 4], (x, b) => b.op('Transpose', [x])),
      'which does not begin with the batch axis',
    ],
    [
      'a target of a Reshape that holds one example',
      graphOf([1, 2, 4], (x, b) =>
        b.op('Reshape', [b.op('Reshape', [x, b.int64([1, 8])]), b.int64([-1, 4])]),
      ),
      'node "reshape" (Reshape) makes [1, 8] of [N, 2, 4], whatever the number of examples, N; export the model with a symbolic first axis',
    ],
    [
      'a target of a Reshape that holds two examples',
      graphOf(['batch', 2, 4], (x, b) => b.op('Flatten', [b.op('Reshape', [x, b.int64([4, 4])])])),
      'node "reshape" (Reshape) makes [4, 4] of [N, 2, 4], whatever the number of examples, N',
    ],
    [
      'no input',
      { ...graphOf([1, 4], mlp), inputs: [] },
      'its inputs are none; a network has one, the features',
    ],
  ])('refuses %s', (_, graph, message) => {
    expect(() => fromOnnx(standardModel(graph))).toThrow(message);
  });

  it('takes a Reshape of which a −1 or a 0 is the batch, and one within each example', () => {
    for (const target of [
      [-1, 8],
      [0, 8],
      [-1, 2, 2, 2],
      [0, 0, 2, 2],
    ]) {
      const body: Body = (x, b) => b.op('Reshape', [x, b.int64(target)]);
      expect(fromOnnx(standardModel(graphOf([1, 2, 4], body))).graph.outputs[0]?.shape?.[0]).toBe('N');
    }
  });

  it('refuses operators that came after the opset that is written, but for those that it writes out', async () => {
    const node = (op: string, attributes: Node['attributes'] = {}): Node => ({
      ...{ name: 'new', op, domain: '', attributes },
      ...{ inputs: ['x'], outputs: ['y'] },
    });
    const graph = graphOf(['N', 4], (x, b) => b.op('Relu', [x]));
    const of = (op: string, attributes?: Node['attributes']) =>
      standardModel({ ...graph, nodes: [node(op, attributes)] }, { opsets: { '': 24 } });
    expect(() => fromOnnx(of('TensorScatter'))).toThrow(
      'model "imported": node "new" is a TensorScatter, which came with opset 24; Thinnet writes opset 21',
    );
    const data = Float32Array.of(-3, -1, 0, 2);
    const x = { type: 'float32' as const, dims: [1, 4], data };
    for (const alpha of [1, 1.5]) {
      const swish = fromOnnx(of('Swish', { alpha: float(alpha) }));
      expect(swish.graph.nodes.map(({ op }) => op)).not.toContain('Swish');
      const { y } = await runGraph(meanProgram(swish), { x });
      for (const [i, v] of data.entries()) expect(y?.data[i]).toBeCloseTo(v / (1 + Math.exp(-alpha * v)), 6);
    }
  });

  it('refuses old opsets, and operators whose form has changed since the model was written', () => {
    const model = standardModel(graphOf(['N', 4], mlp));
    expect(() => fromOnnx({ ...model, opsets: { '': 11 } })).toThrow(
      'model "imported": opset is 11; 13 to 26 can be imported: convert the model to opset 21 (onnx.version_converter)',
    );
    const node = {
      name: 'mean',
      op: 'ReduceMean',
      domain: '',
      inputs: ['x'],
      outputs: ['m'],
      attributes: { axes: float(1) },
    };
    const old = { ...model, opsets: { '': 17 }, graph: { ...model.graph, nodes: [node] } };
    expect(() => fromOnnx(old)).toThrow('node "mean" is a ReduceMean of opset 17, which changed in opset 18');
    const training = { ...node, op: 'BatchNormalization', outputs: ['y', 'm', 'v', 'sm', 'sv'] };
    const older = { ...model, opsets: { '': 13 }, graph: { ...model.graph, nodes: [training] } };
    expect(() => fromOnnx(older)).toThrow('is a BatchNormalization of opset 13, which changed in opset 14');
  });
});

describe('trainableOf', () => {
  const tensor = (name: string, dims: number[], type: 'float32' | 'int64' = 'float32') => {
    const size = dims.reduce((a, b) => a * b, 1);
    return { name, type, dims, data: type === 'int64' ? new BigInt64Array(size) : new Float32Array(size) };
  };
  const trained = (
    op: string,
    dims: Record<string, number[]>,
    attributes = {},
    more: Partial<Graph> = {},
  ) => {
    const names = Object.keys(dims);
    const initializers = names
      .filter((name) => name !== 'x')
      .map((name) => tensor(name, dims[name] as number[]));
    const nodes = [{ name: 'n', op, domain: '', inputs: names, outputs: ['y'], attributes }];
    return trainableOf({ name: 'g', inputs: [], outputs: [], values: [], initializers, nodes, ...more }).map(
      (p) => [p.name, p.role, p.incomingAxes],
    );
  };

  it.each<[string, Record<string, number[]>, unknown[]]>([
    [
      'Conv',
      { x: [], w: [8, 3, 5, 5], b: [8] },
      [
        ['w', 'weight', [1, 2, 3]],
        ['b', 'bias', []],
      ],
    ],
    ['ConvTranspose', { x: [], w: [8, 3, 5, 5] }, [['w', 'weight', [0, 2, 3]]]],
    ['MatMul', { x: [], w: [6, 4, 5] }, [['w', 'weight', [1]]]],
    ['MatMul', { w: [4, 5], x: [] }, [['w', 'weight', [1]]]],
    ['Gather', { table: [100, 16], x: [] }, [['table', 'weight', [1]]]],
    [
      'BatchNormalization',
      { x: [], scale: [8], shift: [8], mean: [8], variance: [8] },
      [
        ['scale', 'bias', []],
        ['shift', 'bias', []],
      ],
    ],
    [
      'LayerNormalization',
      { x: [], scale: [8], shift: [8] },
      [
        ['scale', 'bias', []],
        ['shift', 'bias', []],
      ],
    ],
    ['Mul', { x: [], w: [8] }, []],
    ['Add', { x: [], w: [8] }, []],
  ])('%s of %j', (op, dims, expected) => {
    expect(trained(op, dims)).toEqual(expected);
  });

  it('a scalar, an integer tensor, another domain: not trained', () => {
    expect(trained('MatMul', { x: [], w: [] })).toEqual([]);
    const nodes = [
      { name: 'n', op: 'MatMul', domain: '', inputs: ['x', 'w'], outputs: ['y'], attributes: {} },
    ];
    expect(trained('', {}, {}, { nodes, initializers: [tensor('w', [2, 2], 'int64')] })).toEqual([]);
    expect(
      trained(
        '',
        {},
        {},
        {
          nodes: nodes.map((node) => ({ ...node, domain: 'com.example' })),
          initializers: [tensor('w', [2, 2])],
        },
      ),
    ).toEqual([]);
  });

  it('a tensor used twice is one parameter, in the role of its first use', () => {
    const nodes = [
      { name: 'a', op: 'Gather', domain: '', inputs: ['w', 'x'], outputs: ['h'], attributes: {} },
      {
        name: 'b',
        op: 'Gemm',
        domain: '',
        inputs: ['h', 'w'],
        outputs: ['y'],
        attributes: { transB: int(1) },
      },
    ];
    expect(trained('', {}, {}, { nodes, initializers: [tensor('w', [10, 4])] })).toEqual([
      ['w', 'weight', [1]],
    ]);
  });
});
