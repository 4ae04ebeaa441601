/** @file Narrowing: the same outputs and gradients from the kept units alone, and masks that it must leave. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradientOf } from '../../grad/gradients.js';
import { int } from '../../onnx/attribute.js';
import type { Graph, TensorValue } from '../../onnx/model.js';
import { distance } from '../../testing/gradients/check.js';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import type { Value } from '../value.js';
import { factsOf, shapeOf } from './facts.js';
import { narrow } from './narrow.js';

/** Numbers between −1 and 1, another sequence for each tensor. */
const numbers = (count: number, salt: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin((i + 1) * (salt + 1.37)));

interface Layer {
  readonly units: number;
  readonly form: 'Gemm' | 'Gemm, transB' | 'MatMul';
  readonly bias: 'vector' | 'row' | 'scalar' | 'none';
  readonly activation: readonly ('Relu' | 'Tanh' | 'Neg' | 'scale')[];
  /** Which units are kept; undefined where the layer has no mask. */
  readonly kept: readonly boolean[] | undefined;
}

const layer: fc.Arbitrary<Layer> = fc.integer({ min: 1, max: 6 }).chain((units) =>
  fc.record({
    units: fc.constant(units),
    form: fc.constantFrom('Gemm' as const, 'Gemm, transB' as const, 'MatMul' as const),
    bias: fc.constantFrom('vector' as const, 'row' as const, 'scalar' as const, 'none' as const),
    activation: fc.array(fc.constantFrom('Relu', 'Tanh', 'Neg', 'scale'), { maxLength: 2 }),
    kept: fc.option(fc.array(fc.boolean(), { minLength: units, maxLength: units }), { nil: undefined }),
  }),
);

interface Chain {
  readonly graph: Graph;
  readonly feeds: Readonly<Record<string, TensorValue>>;
  readonly masks: ReadonlySet<string>;
  readonly parameters: readonly string[];
}

/** Layers one after the other on x [3, 4], or x [3, 2, 4]. */
function chainOf(
  layers: readonly Layer[],
  isSequence: boolean,
  maskInput: readonly boolean[] | undefined,
): Chain {
  const b = new GraphBuilder('chain');
  const lead = isSequence ? [3, 2] : [3];
  const feeds: Record<string, TensorValue> = { x: floats([...lead, 4], numbers(isSequence ? 24 : 12, 0)) };
  const parameters: string[] = [];
  const weight = (name: string, dims: readonly number[]): Value => {
    parameters.push(name);
    const data = Float32Array.from(
      numbers(
        dims.reduce((p, q) => p * q, 1),
        parameters.length,
      ),
    );
    return b.initializer({ name, type: 'float32', dims, data });
  };
  const masks = new Set<string>();
  const masked = (value: Value, kept: readonly boolean[]): Value => {
    const name = `mask${masks.size}`;
    masks.add(name);
    const shape = [...value.shape.slice(0, -1).fill(1), kept.length];
    feeds[name] = floats(
      shape as number[],
      kept.map((keep) => (keep ? 2 : 0)),
    );
    return b.op('Mul', [value, b.input(name, 'float32', shape)]);
  };
  let y = b.input('x', 'float32', ['N', ...lead.slice(1), 4]);
  if (maskInput) y = masked(y, maskInput);
  for (const [i, { units, form, bias, activation, kept }] of layers.entries()) {
    const inputs = y.shape.at(-1) as number;
    const transB = form === 'Gemm, transB';
    const W = weight(`w${i}`, transB ? [units, inputs] : [inputs, units]);
    const dims = { vector: [units], row: [1, units], scalar: [], none: undefined }[bias];
    const c = dims && (dims.length === 0 ? b.scalar(0.3) : weight(`b${i}`, dims));
    if (form !== 'MatMul' && !isSequence)
      y = b.op('Gemm', c ? [y, W, c] : [y, W], transB ? { transB: int(1) } : {});
    else {
      y = b.op('MatMul', [y, transB ? b.op('Transpose', [W]) : W]);
      if (c) y = b.op('Add', [c, y]);
    }
    for (const op of activation) y = op === 'scale' ? b.op('Mul', [b.scalar(0.5), y]) : b.op(op, [y]);
    if (kept) y = masked(y, kept);
  }
  b.output(y, 'y');
  return { graph: b.build(), feeds, masks, parameters };
}

/** The graph with the gradient of Σ y² with respect to every parameter. */
function withGradients(graph: Graph, parameters: readonly string[]): Graph {
  const b = new GraphBuilder('gradients');
  const inputs = Object.fromEntries(
    graph.inputs.map(({ name, type, shape }) => [name, b.input(name, type, shape ?? [])]),
  );
  const weights = graph.initializers
    .filter(({ name }) => parameters.includes(name))
    .map((tensor) => b.initializer(tensor));
  const [y] = b.inline(graph, { ...inputs, ...Object.fromEntries(weights.map((w) => [w.name, w])) }) as [
    Value,
  ];
  b.output(y, 'y');
  const loss = b.op('ReduceSum', [b.op('Mul', [y, y])], { keepdims: int(0) });
  for (const [i, gradient] of gradientOf(b, loss, weights).entries())
    b.output(gradient, `d${(weights[i] as Value).name}`);
  return b.build();
}

/** To 1e-5 of the tensor's greatest element: an element near 0 is the difference of terms as great as the others'. */
function expectClose(
  actual: Readonly<Record<string, TensorValue>>,
  expected: Readonly<Record<string, TensorValue>>,
): void {
  for (const [name, { dims, data }] of Object.entries(expected)) {
    expect(actual[name]?.dims).toEqual(dims);
    expect(distance(actual[name]?.data as Float32Array, data as Float32Array), name).toBeLessThan(1e-5);
  }
}

describe('narrow', () => {
  it('changes neither outputs nor gradients, whatever is kept: all, some or none', async () => {
    const chains = fc.record({
      layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
      isSequence: fc.boolean(),
      maskInput: fc.option(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { nil: undefined }),
      sides: fc.constantFrom('one' as const, 'both' as const),
    });
    await fc.assert(
      fc.asyncProperty(chains, async ({ layers, isSequence, maskInput, sides }) => {
        const { graph, feeds, masks, parameters } = chainOf(layers, isSequence, maskInput);
        const before = structuredClone(graph);
        const narrowed = narrow(graph, masks, sides);
        expect(graph).toEqual(before);
        expect(narrowed.inputs).toEqual(graph.inputs);
        expectClose(
          await runGraph(withGradients(narrowed, parameters), feeds),
          await runGraph(withGradients(graph, parameters), feeds),
        );
      }),
      { numRuns: 60 },
    );
  });

  /** x [N, 4] → 6 units, mask, → 5 units, mask, → 2; `change` may write something beside. */
  const net = (
    change: (b: GraphBuilder, h: Value, thinned: Value) => void = () => {},
    shape: (number | string)[] = [1, 6],
  ): Graph => {
    const b = new GraphBuilder('net');
    const W = (name: string, dims: readonly number[]) =>
      b.initializer({
        name,
        type: 'float32',
        dims,
        data: new Float32Array((dims[0] as number) * (dims[1] as number)),
      });
    const h = b.op(
      'Relu',
      [b.op('Gemm', [b.input('x', 'float32', ['N', 4]), W('w0', [4, 6])])],
      {},
      { name: 'h' },
    );
    const thinned = b.op('Mul', [h, b.input('mask', 'float32', shape)], {}, { name: 'thinned' });
    const next = b.op('Relu', [b.op('Gemm', [thinned, W('w1', [6, 5])])]);
    const last = b.op('Mul', [next, b.input('mask1', 'float32', [1, 5])]);
    b.output(b.op('Gemm', [last, W('w2', [5, 2])]), 'y');
    change(b, h, thinned);
    return b.build();
  };
  const both = new Set(['mask', 'mask1']);
  const products = (graph: Graph): string[] => {
    const facts = factsOf(graph);
    return graph.nodes
      .filter((node) => node.op === 'Gemm')
      .map((node) => node.inputs.map((name) => `[${shapeOf(facts, name)}]`).join(' '));
  };

  /** The symbols for how many units the masks keep. */
  const kept = (graph: Graph): string[] =>
    graph.nodes.filter((node) => node.op === 'NonZero').map((node) => `${node.outputs[0]}.1`);

  it('multiplies matrices of kept rows and columns only', () => {
    const graph = narrow(net(), both);
    const [k, l] = kept(graph);
    expect(products(graph)).toEqual([`[N,4] [${k},4]`, `[N,${k}] [${l},${k}]`, `[N,${l}] [${l},2]`]);
  });

  it('picks rows or columns of a weight, but not both, where it is told to narrow one side', () => {
    const graph = narrow(net(), both, 'one');
    const [k, l] = kept(graph);
    expect(products(graph)).toEqual([`[N,4] [${k},4]`, `[N,${k}] [${k},5]`, `[N,${l}] [${l},2]`]);
  });

  it('narrows one side of a weight where only one mask is named', () => {
    const graph = narrow(net(), new Set(['mask1']));
    const [l] = kept(graph);
    expect(products(graph)).toEqual(['[N,4] [4,6]', `[N,6] [${l},6]`, `[N,${l}] [${l},2]`]);
  });

  it.each<[string, Graph, ReadonlySet<string>]>([
    ['that no one names', net(), new Set()],
    ['of each example', net(undefined, ['N', 6]), new Set(['mask'])],
    ['whose product is an output', net((b, _, thinned) => b.output(thinned, 'thinned')), new Set(['mask'])],
    [
      'whose product is read elsewhere',
      net((b, _, thinned) => b.output(b.op('Neg', [thinned]), 'z')),
      new Set(['mask']),
    ],
  ])('returns the graph itself for a mask %s', (_, graph, masks) => {
    expect(narrow(graph, masks)).toBe(graph);
  });

  it('computes whole what is read elsewhere before its mask, and only that', async () => {
    const graph = net((b, h) => b.output(b.op('Neg', [h]), 'z'));
    const narrowed = narrow(graph, both);
    expect(products(narrowed)[0]).toBe('[N,4] [4,6]');
    expect(products(narrowed)[1]).not.toContain('6');
    const feeds = {
      x: floats([2, 4], numbers(8, 1)),
      mask: floats([1, 6], [0, 1, 1, 0, 0, 1]),
      mask1: floats([1, 5], [1, 0, 1, 0, 1]),
    };
    expect(await runGraph(narrowed, feeds)).toEqual(await runGraph(graph, feeds));
  });
});
