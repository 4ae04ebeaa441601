/** @file What single passes do to graphs made for them. */
import { describe, expect, it } from 'vitest';
import { float, graph as graphAttribute, int, ints, tensor } from '../../onnx/attribute.js';
import type { Graph } from '../../onnx/model.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import type { Value } from '../value.js';
import { accumulateGemm } from './accumulate-gemm.js';
import { cleanUp } from './clean-up.js';
import { commonSubexpressions } from './common-subexpressions.js';
import { foldConstants } from './fold-constants.js';
import { prune } from './prune.js';
import { simplify } from './simplify.js';

const make = (write: (b: GraphBuilder, x: Value) => Value): Graph => {
  const b = new GraphBuilder('g');
  const x = b.input('x', 'float32', ['N', 4]);
  b.output(write(b, x));
  return b.build();
};

const operators = (graph: Graph) => graph.nodes.map((node) => node.op);
const ones = (b: GraphBuilder, dims: readonly number[], name = 'ones') =>
  b.initializer({
    name,
    type: 'float32',
    dims,
    data: new Float32Array(dims.reduce((p, q) => p * q, 1)).fill(1),
  });

describe('simplify', () => {
  const gone: Readonly<Record<string, (b: GraphBuilder, x: Value) => Value>> = {
    'x · 1 and 1 · x': (b, x) => b.op('Mul', [b.scalar(1), b.op('Mul', [x, b.scalar(1)])]),
    'x / 1, x − 0, x + 0, x¹': (b, x) =>
      b.op('Pow', [
        b.op('Add', [b.op('Sub', [b.op('Div', [x, b.scalar(1)]), b.scalar(0)]), b.scalar(0)]),
        b.int64([1]),
      ]),
    'two transpositions': (b, x) => b.op('Transpose', [b.op('Transpose', [x])], { perm: ints([1, 0]) }),
    'Reshape, Expand, Cast and Flatten to what is there': (b, x) =>
      b.op('Flatten', [
        b.op('Cast', [b.op('Expand', [b.op('Reshape', [x, b.int64([-1, 4])]), b.int64([1, 4])])], {
          to: int(1),
        }),
      ]),
    'Pad by nothing, Concat and Max of one': (b, x) =>
      b.op('Max', [b.op('Concat', [b.op('Pad', [x, b.int64([0, 0, 0, 0])])], { axis: int(0) })]),
  };

  it.each(Object.entries(gone))('removes %s', (_, write) => {
    const graph = make((b, x) => b.op('Neg', [write(b, x)]));
    expect(operators(prune(simplify(simplify(graph))))).toEqual(['Neg']);
  });

  const kept: Readonly<Record<string, (b: GraphBuilder, x: Value) => Value>> = {
    'ones that enlarge': (b, x) =>
      b.op('Mul', [x, b.constant(new Float32Array(8).fill(1), 'float32', [2, 1, 4])]),
    'x · 0': (b, x) => b.op('Mul', [x, b.scalar(0)]),
    '1 / x and 0 − x': (b, x) => b.op('Sub', [b.scalar(0), b.op('Div', [b.scalar(1), x])]),
    'parameters that happen to be ones': (b, x) => b.op('Mul', [x, ones(b, [4])]),
    'a pad that shifts': (b, x) => b.op('Pad', [x, b.int64([0, 1, 0, -1])]),
    'an old Clip with bounds as attributes': (b, x) => b.op('Clip', [x], { max: float(1) }),
    'a transposition': (b, x) => b.op('Transpose', [x]),
  };

  it.each(Object.entries(kept))('keeps %s', (_, write) => {
    const graph = make((b, x) => b.op('Neg', [write(b, x)]));
    expect(simplify(graph)).toBe(graph);
  });

  it('takes ones for constants where it is told that they are no parameters', () => {
    const graph = make((b, x) => b.op('Neg', [b.op('Mul', [x, ones(b, [4])])]));
    expect(operators(simplify(graph, { parameters: new Set() }))).toEqual(['Neg']);
    const scalar = make((b, x) => b.op('Neg', [b.op('Mul', [x, ones(b, [])])]));
    expect(operators(simplify(scalar, { parameters: new Set(['ones']) }))).toEqual(['Mul', 'Neg']);
  });

  it('keeps the names of outputs', () => {
    const summary = (write: (b: GraphBuilder, x: Value) => Value) =>
      cleanUp(make((b, x) => b.output(write(b, x), 'y'))).nodes.map(({ op, inputs, outputs }) => [
        op,
        inputs,
        outputs,
      ]);
    expect(summary((b, x) => b.op('Mul', [b.op('Neg', [x]), b.scalar(1)]))).toEqual([
      ['Neg', ['x'], ['y']],
      ['Identity', ['y'], ['y_out']],
    ]);
    expect(summary((b, x) => b.op('Mul', [x, b.scalar(1)]))[0]).toEqual(['Identity', ['x'], ['y']]);
  });
});

describe('foldConstants', () => {
  it('computes arithmetic bit for bit as ONNX Runtime does', async () => {
    const compute = (b: GraphBuilder) => {
      const third = b.op('Div', [b.scalar(1), b.scalar(3)]);
      const root = b.op('Sqrt', [b.op('Add', [b.op('Mul', [third, third]), b.scalar(0.1)])]);
      const row = b.op('Mul', [
        b.op('Unsqueeze', [root, b.int64([0])]),
        b.op('Cast', [b.int64([1, -2, 3, 7])], { to: int(1) }),
      ]);
      return b.op('Reciprocal', [b.op('Sub', [row, b.op('Neg', [third])])]);
    };
    const graph = make((b, x) => b.op('Add', [x, compute(b)]));
    const folded = prune(foldConstants(graph));
    expect(operators(folded)).toEqual(['Add']);
    const zeros = { x: { type: 'float32', dims: [1, 4], data: new Float32Array(4) } as const };
    expect(await runGraph(folded, zeros)).toEqual(await runGraph(graph, zeros));
  });

  it('divides integers towards zero, and leaves division by zero alone', async () => {
    const quotient = make((b, x) =>
      b.op('Mul', [x, b.op('Cast', [b.op('Div', [b.int64([-7]), b.int64([2])])], { to: int(1) })]),
    );
    expect(foldConstants(quotient).initializers.at(-1)!.data).toEqual(Float32Array.of(-3));
    const undefinedQuotient = make((b, x) =>
      b.op('Expand', [x, b.op('Div', [b.int64([4]), b.int64([0])])], {}, { shapes: [['N', 4]] }),
    );
    expect(operators(foldConstants(undefinedQuotient))).toContain('Div');
  });

  it('computes shapes where they are static, and not where they are symbolic', () => {
    const write = (b: GraphBuilder, x: Value) => {
      const shape = b.op('Concat', [b.op('Gather', [b.op('Shape', [x]), b.int64([0])]), b.int64([2, 2])], {
        axis: int(0),
      });
      return b.op('Reshape', [x, shape]);
    };
    expect(operators(prune(foldConstants(make(write))))).toEqual(['Shape', 'Gather', 'Concat', 'Reshape']);
    const fixed = make((b) => write(b, b.input('z', 'float32', [3, 4])));
    expect(operators(prune(foldConstants(fixed)))).toEqual(['Reshape']);
  });

  it('does not compute with parameters', () => {
    const graph = make((b, x) => b.op('Mul', [x, b.op('Neg', [ones(b, [4])])]));
    expect(foldConstants(graph)).toBe(graph);
    expect(operators(foldConstants(graph, { parameters: new Set() }))).toEqual(['Mul']);
  });
});

describe('prune', () => {
  it('drops dead nodes, unused initializers and unread indices, and keeps inputs', () => {
    const graph = make((b) => {
      const z = b.input('z', 'float32', ['N', 2, 4, 4]);
      b.op('Neg', [ones(b, [4])]);
      const pooled = b.ops('MaxPool', [z], { kernel_shape: ints([2, 2]) }, { outputs: 2 });
      return b.op('Abs', [pooled[0] as Value]);
    });
    const pruned = prune(graph);
    expect(pruned.nodes.map(({ op, outputs }) => [op, outputs.length])).toEqual([
      ['MaxPool', 1],
      ['Abs', 1],
    ]);
    expect(pruned.inputs).toEqual(graph.inputs);
    expect(pruned.initializers).toEqual([]);
    expect(prune(pruned)).toBe(pruned);
  });

  it('keeps what only a subgraph reads', () => {
    const graph = make((b, x) => {
      const hidden = b.op('Neg', [x], {}, { name: 'hidden' });
      const inner = new GraphBuilder('inner', b);
      inner.output(inner.op('Abs', [inner.op('Mul', [hidden, ones(b, [4])])]));
      const branch = graphAttribute(inner.build());
      return b.op('If', [b.constant(Uint8Array.of(1), 'bool', [])], {
        then_branch: branch,
        else_branch: branch,
      });
    });
    expect(prune(graph)).toBe(graph);
  });
});

describe('commonSubexpressions', () => {
  it('computes equal things once, whatever the order of a sum', () => {
    const graph = make((b, x) => {
      const [p, q] = [b.op('Tanh', [x]), b.op('Tanh', [x])];
      return b.op('Mul', [b.op('Add', [p, x]), b.op('Add', [x, q])]);
    });
    expect(operators(commonSubexpressions(graph))).toEqual(['Tanh', 'Add', 'Mul']);
  });

  it('tells attributes, and constants in them, apart', () => {
    const constant = (b: GraphBuilder, x: number) =>
      b.op('Constant', [], {
        value: tensor({ name: '', type: 'float32', dims: [], data: Float32Array.of(x) }),
      });
    const graph = make((b, x) => {
      const rows = b.op('Mul', [
        b.op('Softmax', [x], { axis: int(0) }),
        b.op('Softmax', [x], { axis: int(1) }),
      ]);
      return b.op('Mul', [
        b.op('Mul', [rows, constant(b, 2)]),
        b.op('Sub', [constant(b, 3), constant(b, 2)]),
      ]);
    });
    expect(operators(commonSubexpressions(graph)).filter((op) => op !== 'Mul')).toEqual([
      'Softmax',
      'Softmax',
      'Constant',
      'Constant',
      'Sub',
    ]);
  });

  it('leaves random operators alone', () => {
    const graph = make((b, x) => b.op('Sub', [b.op('RandomNormalLike', [x]), b.op('RandomNormalLike', [x])]));
    expect(commonSubexpressions(graph)).toBe(graph);
  });
});

describe('accumulateGemm', () => {
  /** The gradient of a dense layer's weight plus `momentum` times its velocity. */
  const momentum = (b: GraphBuilder, x: Value, velocity: Value, by: Value) =>
    b.op('Add', [b.op('Mul', [by, velocity]), b.op('Gemm', [x, x], { transA: int(1) })]);

  it('folds momentum into the gradient’s Gemm, in a Loop’s body too', async () => {
    const loop = make((b, x) => {
      const body = new GraphBuilder('body', b);
      body.input('i', 'int64', []);
      const go = body.input('go', 'bool', []);
      const velocity = body.input('velocity', 'float32', [4, 4]);
      body.output(go);
      body.output(momentum(body, x, velocity, b.scalar(0.9)));
      const start = ones(b, [4, 4], 'start');
      return b.op('Loop', [b.constant(BigInt64Array.of(3n), 'int64', []), undefined, start], {
        body: graphAttribute(body.build()),
      });
    });
    const fused = accumulateGemm(loop);
    const body = fused.nodes[0]!.attributes.body;
    expect(body?.type === 'graph' && operators(body.value)).toEqual(['Identity', 'Gemm']);
    const feeds = {
      x: {
        type: 'float32',
        dims: [2, 4],
        data: Float32Array.from({ length: 8 }, (_, i) => Math.sin(i)),
      } as const,
    };
    const [before, after] = [await runGraph(loop, feeds), await runGraph(fused, feeds)];
    for (const [i, value] of (Object.values(before)[0]!.data as Float32Array).entries())
      expect(Object.values(after)[0]!.data[i]).toBeCloseTo(value, 5);
  });

  it.each<readonly [string, (b: GraphBuilder, x: Value) => Value]>([
    ['the factor is not constant', (b, x) => momentum(b, x, ones(b, [4, 4]), b.input('m', 'float32', []))],
    ['the sum is larger than the product', (b, x) => momentum(b, x, ones(b, [2, 4, 4]), b.scalar(0.9))],
    [
      'the product is read elsewhere',
      (b, x) => {
        const gradient = b.op('Gemm', [x, x], { transA: int(1) });
        return b.op('Mul', [
          gradient,
          b.op('Add', [gradient, b.op('Mul', [ones(b, [4, 4]), b.scalar(0.9)])]),
        ]);
      },
    ],
  ])('leaves it where %s', (_, write) => {
    const graph = make(write);
    expect(accumulateGemm(graph)).toBe(graph);
  });
});
