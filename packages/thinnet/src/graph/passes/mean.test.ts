import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float, graph as graphAttribute, int, ints } from '../../onnx/attribute.js';
import type { Graph, Shape, TensorValue } from '../../onnx/model.js';
import { distance } from '../../testing/gradients/check.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import { printGraph } from '../print.js';
import type { Value } from '../value.js';
import { meanGraph } from './mean.js';

const tensor = (dims: readonly number[], f: (i: number) => number = (i) => Math.sin(i + 1)): TensorValue => {
  const length = dims.reduce((a, b) => a * b, 1);
  return { type: 'float32', dims, data: Float32Array.from({ length }, (_, i) => f(i)) };
};

/** x [N, 4] through `write`, with noise inputs made by `noise`. */
function network(
  write: (b: GraphBuilder, x: Value, noise: (name: string, shape: Shape) => Value) => Value,
): Graph {
  const b = new GraphBuilder('network');
  const x = b.input('x', 'float32', ['N', 4]);
  b.initializer({ name: 'weight', ...tensor([4, 4], (i) => Math.cos(3 * i)) });
  b.initializer({ name: 'bias', ...tensor([4]) });
  b.output(
    write(b, x, (name, shape) => b.input(name, 'float32', shape)),
    'y',
  );
  return b.build();
}

const operators = (graph: Graph) => graph.nodes.map((node) => node.op);

/**
 * The mean program must compute what the original computes when its noise is its expectation: to 1e-5 of the greatest output,
 * for a scale that moved into a weight rounds each product in another place.
 */
async function expectMean(graph: Graph, expectations: Readonly<Record<string, number>>): Promise<Graph> {
  const mean = meanGraph(graph, new Map(Object.entries(expectations)));
  const x = tensor([3, 4]);
  const noise = graph.inputs.slice(1).map(({ name, shape }) => {
    const dims = (shape as Shape).map((dim) => (dim === 'N' ? 3 : Number(dim)));
    return [name, tensor(dims, () => expectations[name] as number)] as const;
  });
  const { y: expected } = await runGraph(graph, { x, ...Object.fromEntries(noise) });
  const { y } = await runGraph(mean, { x });
  expect(y!.dims).toEqual(expected!.dims);
  expect(distance(y!.data as Float32Array, expected!.data as Float32Array)).toBeLessThan(1e-5);
  expect(mean.inputs.map((input) => input.name)).toEqual(['x']);
  expect(printGraph(mean)).not.toContain('noise');
  return mean;
}

const dense = (b: GraphBuilder, x: Value) => b.op('Gemm', [x, b.value('weight'), b.value('bias')]);

describe('meanGraph', () => {
  it('leaves no trace of noise whose expectation is 1', async () => {
    const graph = network((b, x, noise) => {
      const hidden = b.op('Mul', [b.op('Relu', [dense(b, x)]), noise('noise1', ['N', 4])]);
      return dense(b, b.op('Mul', [noise('noise2', ['N', 1]), hidden]));
    });
    const mean = await expectMean(graph, { noise1: 1, noise2: 1 });
    expect(operators(mean)).toEqual(['Gemm', 'Relu', 'Gemm']);
    expect(mean.initializers.map((t) => t.name)).toEqual(['weight', 'bias']);
    expect(mean.outputs).toEqual(graph.outputs);
  });

  it('puts a constant into the next Gemm’s alpha, whichever operand it scales', async () => {
    const graph = network((b, x, noise) => {
      const hidden = b.op('Mul', [b.op('Relu', [x]), noise('noise1', ['N', 4])]);
      const weight = b.op('Mul', [b.value('weight'), noise('noise2', [4, 4])]);
      return b.op('Gemm', [hidden, weight, b.value('bias')], { alpha: float(2) });
    });
    const mean = await expectMean(graph, { noise1: 0.5, noise2: 0.25 });
    expect(mean.nodes.map(({ op, attributes }) => [op, attributes])).toEqual([
      ['Relu', {}],
      ['Gemm', { alpha: float(0.25) }],
    ]);
  });

  it('leaves one multiplication where no Gemm follows, or others read the scaled value', async () => {
    const matmul = network((b, x, noise) =>
      b.op('MatMul', [b.op('Mul', [x, noise('noise', ['N', 4])]), b.value('weight')]),
    );
    expect(operators(await expectMean(matmul, { noise: 0.5 }))).toEqual(['Mul', 'MatMul']);
    const shared = network((b, x, noise) => {
      const hidden = b.op('Mul', [x, noise('noise', ['N', 4])]);
      return b.op('Add', [hidden, dense(b, hidden)]);
    });
    expect(operators(await expectMean(shared, { noise: 0.5 }))).toEqual(['Mul', 'Gemm', 'Add']);
  });

  it('gives exact zeros where everything is dropped', async () => {
    const graph = network((b, x, noise) => dense(b, b.op('Mul', [x, noise('noise', ['N', 4])])));
    const { y } = await runGraph(await expectMean(graph, { noise: 0 }), {
      x: tensor([2, 4], (i) => 1e30 * (i - 3)),
    });
    const bias = tensor([4]).data as Float32Array;
    expect(Array.from(y!.data as Float32Array)).toEqual([...bias, ...bias]);
  });

  it('follows noise through what moves it about and through arithmetic with constants', async () => {
    const graph = network((b, x, noise) => {
      const flat = noise('noise', ['N', 2, 2]);
      const scaled = b.op('Add', [
        b.op('Mul', [b.op('Sub', [b.scalar(1), flat]), b.scalar(3)]),
        b.scalar(0.5),
      ]);
      return b.op('Mul', [
        x,
        b.op('Reshape', [b.op('Transpose', [scaled], { perm: ints([0, 2, 1]) }), b.int64([0, 4])]),
      ]);
    });
    expect(operators(await expectMean(graph, { noise: 0.75 }))).toEqual(['Sub', 'Mul', 'Add', 'Mul']);
    const told = meanGraph(graph, new Map([['noise', 0.75]]), { parameters: new Set(['weight', 'bias']) });
    expect(operators(told)).toEqual(['Mul']);
    expect(printGraph(told)).toContain('float32[] = 1.25');
  });

  it('never takes a parameter for a constant, be it 1, 0 or a scalar', async () => {
    const graph = network((b, x, noise) => {
      b.initializer({ name: 'gain', ...tensor([], () => 1) });
      b.initializer({ name: 'offset', ...tensor([4], () => 0) });
      const noisy = b.op('Mul', [x, noise('noise', ['N', 4])]);
      return b.op('Add', [b.op('Mul', [noisy, b.value('gain')]), b.value('offset')]);
    });
    expect(operators(await expectMean(graph, { noise: 1 }))).toEqual(['Mul', 'Add']);
  });

  it('reaches into a Loop, whose body gathers the noise of its step', async () => {
    const graph = network((b, x, noise) => {
      const stacked = noise('noise', [2, 'N', 4]);
      const body = new GraphBuilder('body', b);
      const i = body.input('i', 'int64', []);
      const go = body.input('go', 'bool', []);
      const state = body.input('state', 'float32', ['N', 4]);
      body.output(go);
      body.output(dense(body, body.op('Mul', [state, body.op('Gather', [stacked, i], { axis: int(0) })])));
      return b.op('Loop', [b.constant(BigInt64Array.of(2n), 'int64', []), undefined, x], {
        body: graphAttribute(body.build()),
      });
    });
    const mean = await expectMean(graph, { noise: 0.5 });
    const body = mean.nodes[0]!.attributes.body;
    expect(body?.type === 'graph' && operators(body.value)).toEqual(['Identity', 'Gemm']);
  });

  it('equals feeding the expectation, in random networks with noise that broadcasts', async () => {
    const shapes: readonly Shape[] = [['N', 4], ['N', 1], [1, 4], [4], [1], []];
    const layer = fc.record({
      dense: fc.constantFrom('Gemm', 'MatMul', 'none'),
      shape: fc.constantFrom(...shapes),
      keep: fc.constantFrom(0, 0.3, 0.5, 1, 2),
      side: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(layer, { minLength: 1, maxLength: 4 }), async (layers) => {
        const graph = network((b, x, noise) =>
          layers.reduce((h, { dense: kind, shape, side }, i) => {
            const pair = [h, noise(`noise${i}`, shape)];
            const noisy = b.op('Mul', side ? pair : pair.toReversed());
            if (kind === 'none') return b.op('Tanh', [noisy]);
            return kind === 'Gemm' ? dense(b, noisy) : b.op('MatMul', [noisy, b.value('weight')]);
          }, x),
        );
        const mean = await expectMean(
          graph,
          Object.fromEntries(layers.map(({ keep }, i) => [`noise${i}`, keep])),
        );
        const left = layers.filter(({ keep, dense: kind }) => keep !== 1 && kind !== 'Gemm').length;
        expect(operators(mean).filter((op) => op === 'Mul').length).toBe(left);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it.each<readonly [string, Graph, Readonly<Record<string, number>>, string]>([
    [
      'a name that is no input',
      network((_, x) => x),
      { nose: 1 },
      'there is no noise input "nose"; its inputs are x',
    ],
    [
      'an expectation that is not finite',
      network((b, x, n) => b.op('Mul', [x, n('m', [])])),
      { m: Number.NaN },
      'the expectation is NaN',
    ],
    [
      'noise that enlarges',
      network((b, _, n) => b.op('Mul', [b.value('bias'), n('m', ['N', 4])])),
      { m: 1 },
      'node "mul" (Mul): "m" enlarges [4] to [N, 4]',
    ],
    [
      'noise that is needed whole',
      network((b, _, n) => b.op('MatMul', [n('m', ['N', 4]), b.value('weight')])),
      { m: 1 },
      'node "matmul" (MatMul) takes "m" whole',
    ],
    [
      'noise as an output',
      network((b, _, n) => b.op('Neg', [n('m', ['N', 4])])),
      { m: 1 },
      'output "y" depends on "m" alone',
    ],
  ])('refuses %s', (_, graph, expectations, message) => {
    expect(() => meanGraph(graph, new Map(Object.entries(expectations)))).toThrow(message);
  });
});
