import { describe, expect, it } from 'vitest';
import { graph as graphAttribute, int } from '../onnx/attribute.js';
import type { Graph } from '../onnx/model.js';
import { runGraph } from '../testing/run.js';
import { GraphBuilder } from './builder.js';
import { printGraph } from './print.js';

const vector = (...xs: number[]) => ({
  type: 'float32' as const,
  dims: [xs.length],
  data: Float32Array.from(xs),
});

/** y = x + Σ over two iterations of the value `step`, read from outside the loop; `tmp` is a local name of the body. */
function loopGraph(): Graph {
  const b = new GraphBuilder('loop');
  const x = b.input('x', 'float32', ['N']);
  const step = b.op('Neg', [x], {}, { name: 'step' });
  const body = new GraphBuilder('body', b);
  body.input('i', 'int64', []);
  const go = body.input('go', 'bool', []);
  const state = body.input('state', 'float32', ['N']);
  body.output(go);
  body.output(body.op('Add', [state, body.op('Abs', [step], {}, { name: 'tmp' })]));
  const trips = b.constant(BigInt64Array.of(2n), 'int64', []);
  b.output(b.op('Loop', [trips, undefined, x], { body: graphAttribute(body.build()) }), 'y');
  return b.build();
}

describe('GraphBuilder names', () => {
  it('never gives a name twice, and lets a reserved name be used once', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N']);
    expect(b.op('Relu', [x]).name).toBe('relu');
    expect(b.op('Relu', [x]).name).toBe('relu_1');
    expect(b.op('Relu', [x], {}, { name: 'x' }).name).toBe('x_1');
    const name = b.unique('w');
    b.initializer({ name, ...vector(1) });
    expect(() => b.initializer({ name, ...vector(1) })).toThrow('graph "graph": two values are named "w"');
    expect(() => b.input('relu', 'float32', [])).toThrow('two values are named "relu"');
  });

  it('keeps names in subgraphs apart from those around them, whichever came first', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N']);
    const inner = new GraphBuilder('inner', b);
    expect(inner.op('Relu', [x]).name).toBe('relu');
    expect(b.op('Relu', [x]).name).toBe('relu_1');
    expect(inner.op('Relu', [x]).name).toBe('relu_2');
    const other = new GraphBuilder('other', b);
    expect(other.op('Tanh', [x]).name).toBe('tanh');
    expect(inner.op('Tanh', [x]).name).toBe('tanh');
  });

  it('refuses a subgraph that defines a name of the graph around it', () => {
    const b = new GraphBuilder();
    const condition = b.input('c', 'bool', []);
    const inner = new GraphBuilder('inner', b);
    inner.output(inner.scalar(1), 'one');
    const attributes = {
      then_branch: graphAttribute(inner.build()),
      else_branch: graphAttribute(inner.build()),
    };
    b.op('Neg', [b.scalar(1)], {}, { name: 'one' });
    expect(b.nodes.map((node) => node.name)).toEqual(['one_1']);
    b.output(b.op('If', [condition], attributes));
    expect(() => b.input('one', 'float32', [])).toThrow('two values are named "one"');
  });

  it('shares equal small constants, and tells types, shapes and signs of zero apart', () => {
    const b = new GraphBuilder();
    expect(b.scalar(1)).toBe(b.scalar(1));
    expect(b.scalar(1)).not.toBe(b.scalar(1, 'float64'));
    expect(b.scalar(0)).not.toBe(b.scalar(-0));
    expect(b.int64([1])).not.toBe(b.scalar(1, 'int64'));
    expect(b.constant(['a,b'], 'string')).not.toBe(b.constant(['a', 'b'], 'string', [1]));
  });
});

describe('GraphBuilder.output', () => {
  it('goes through Identity only where it must', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N']);
    const y = b.op('Neg', [x], {}, { name: 'y' });
    expect(b.output(y)).toBe(y);
    expect(b.output(y).name).toBe('y_out');
    expect(b.output(y, 'again').name).toBe('again');
    expect(b.output(x).name).toBe('x_out');
    expect(b.output(b.scalar(3), 'three').name).toBe('three');
    expect(() => b.output(x, 'x')).toThrow('two values are named "x"');
    const results = await runGraph(b.build(), { x: vector(1, 2) });
    const numbers = Object.entries(results).map(([name, { data }]) => [name, ...(data as Float32Array)]);
    expect(numbers).toEqual([
      ['y', -1, -2],
      ['y_out', -1, -2],
      ['again', -1, -2],
      ['x_out', 1, 2],
      ['three', 3],
    ]);
  });
});

describe('GraphBuilder.inline', () => {
  const square = (): Graph => {
    const b = new GraphBuilder('square');
    const x = b.input('x', 'float32', ['N']);
    b.initializer({ name: 'w', ...vector(2) });
    b.output(b.op('Mul', [x, b.op('Mul', [x, b.value('w')], {}, { name: 'tmp' })], {}, { name: 'y' }));
    return b.build();
  };

  it('may be repeated: names of nodes, outputs and initializers stay unique', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N']);
    const [once] = b.inline(square(), { x });
    const [twice] = b.inline(square(), { x: once! });
    b.output(twice!, 'z');
    const { nodes, initializers } = b.build();
    const names = [...nodes.flatMap((node) => node.outputs), ...initializers.map((t) => t.name)];
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
    expect(Array.from((await runGraph(b.build(), { x: vector(1, 3) })).z!.data as Float32Array)).toEqual([
      8, 648,
    ]);
  });

  it('binds initializers by name and takes shapes from what it is given', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [5]);
    const w = b.input('weight', 'float32', [1]);
    const [y] = b.inline(square(), { x, w });
    expect(y!.shape).toEqual([5]);
    expect(b.build().initializers).toEqual([]);
  });

  it('renames what subgraphs read from outside, and their own names where they clash', async () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N']);
    // These names are all taken, so that everything in the inlined graph must move.
    for (const name of ['step', 'tmp', 'state', 'add']) b.op('Neg', [x], {}, { name });
    const [once] = b.inline(loopGraph(), { x: b.value('tmp') });
    const [twice] = b.inline(loopGraph(), { x: once! });
    b.output(twice!, 'z');
    // tmp = −x; each loop gives v + 2|v|: 1 → −1 → 1 → 3, −2 → 2 → 6 → 18.
    const { z } = await runGraph(b.build(), { x: vector(1, -2) });
    expect(Array.from(z!.data as Float32Array)).toEqual([3, 18]);
  });

  it('says which input was not bound, and what does not fit', () => {
    const b = new GraphBuilder();
    const i = b.input('i', 'int64', ['N']);
    const m = b.input('m', 'float32', ['N', 2]);
    expect(() => b.inline(square(), {})).toThrow('graph "square": input "x" was not bound');
    expect(() => b.inline(square(), { x: i })).toThrow('"x" is float32[N], but was bound to "i", int64[N]');
    expect(() => b.inline(square(), { x: m })).toThrow(
      '"x" is float32[N], but was bound to "m", float32[N, 2]',
    );
    expect(() => b.inline(square(), { x: i, tmp: i })).toThrow();
    expect(() => b.inline(square(), { x: b.op('Cast', [i], { to: int(1) }), tmp: i })).toThrow(
      '"tmp" was bound, but is no input or initializer',
    );
  });
});

describe('GraphBuilder.from', () => {
  it('gives back the same graph, subgraphs included', () => {
    const graph = loopGraph();
    const b = GraphBuilder.from(graph);
    const y = b.output(b.value('y'));
    expect(y.name).toBe('y');
    expect(b.build()).toEqual(graph);
  });

  it('takes models before IR 4, whose inputs list the initializers, and names blank axes', () => {
    const graph: Graph = {
      name: 'old',
      inputs: [
        { name: 'w', type: 'float32', shape: [2] },
        { name: 'x', type: 'float32', shape: ['', 2] },
      ],
      outputs: [{ name: 'y', type: 'float32' }],
      initializers: [{ name: 'w', ...vector(1, 2) }],
      nodes: [{ name: '', op: 'Add', domain: '', inputs: ['x', 'w'], outputs: ['y'], attributes: {} }],
      values: [],
    };
    const b = GraphBuilder.from(graph);
    expect(b.inputs.map(({ name, shape }) => [name, shape])).toEqual([['x', ['x.0', 2]]]);
    expect(b.value('y').shape).toEqual(['x.0', 2]);
  });

  it('believes the file about operators that have no rule', () => {
    const graph: Graph = {
      name: 'custom',
      inputs: [{ name: 'x', type: 'float32', shape: ['N'] }],
      outputs: [{ name: 'y', type: 'int64', shape: ['N', ''] }],
      initializers: [],
      nodes: [{ name: 'n', op: 'Relu', domain: 'example', inputs: ['x'], outputs: ['y'], attributes: {} }],
      values: [],
    };
    expect(GraphBuilder.from(graph).value('y')).toEqual({ name: 'y', type: 'int64', shape: ['N', 'y.1'] });
    expect(() => GraphBuilder.from({ ...graph, outputs: [] })).toThrow(
      'no rule says what its output 0 ("y") is',
    );
  });
});

describe('printGraph', () => {
  it('names an axis as the graph does where inference could only make up a symbol', () => {
    const b = new GraphBuilder();
    b.output(b.op('NonZero', [b.input('x', 'float32', ['N'])], {}, { name: 'found', shapes: [[1, 'K']] }));
    expect(printGraph(b.build())).toContain('found int64[1, K] = NonZero(x)');
    expect(GraphBuilder.from(b.build()).value('found').shape).toEqual([1, 'K']);
  });

  it('shows one node a line, and subgraphs indented', () => {
    expect(`\n${printGraph(loopGraph())}`).toMatchInlineSnapshot(`
      "
      graph loop
        input x float32[N]
        parameter const int64[] = 2
        output y float32[N]
        step float32[N] = Neg(x)
        loop float32[N] = Loop(const, _, x)
          body: graph body
            input i int64[]
            input go bool[]
            input state float32[N]
            output go_out bool[]
            output add float32[N]
            go_out bool[] = Identity(go)
            tmp float32[N] = Abs(step)
            add float32[N] = Add(state, tmp)
        y float32[N] = Identity(loop)
      "
    `);
  });

  it('shows attributes, omitted inputs and unwanted outputs', () => {
    const b = new GraphBuilder('mlp');
    const x = b.input('x', 'float32', ['N', 784]);
    b.initializer({
      name: 'hidden1.weight',
      type: 'float32',
      dims: [1024, 784],
      data: new Float32Array(1024 * 784),
    });
    b.initializer({ name: 'hidden1.bias', type: 'float32', dims: [1024], data: new Float32Array(1024) });
    const hidden = b.op(
      'Gemm',
      [x, b.value('hidden1.weight'), b.value('hidden1.bias')],
      { transB: int(1) },
      { name: 'hidden1' },
    );
    const [, indices] = b.add({
      name: 'top',
      op: 'TopK',
      domain: '',
      inputs: ['hidden1', b.int64([3]).name],
      outputs: ['', 'top'],
      attributes: {},
    });
    b.output(b.op('Clip', [hidden, undefined, b.scalar(0.1)]));
    expect(indices).toBeUndefined();
    b.output(b.value('top'));
    expect(`\n${printGraph(b.build())}`).toMatchInlineSnapshot(`
      "
      graph mlp
        input x float32[N, 784]
        parameter hidden1.weight float32[1024, 784]
        parameter hidden1.bias float32[1024]
        parameter int64 int64[1] = [3]
        parameter scalar float32[] = 0.1
        output clip float32[N, 1024]
        output top int64[N, 3]
        hidden1 float32[N, 1024] = Gemm(x, hidden1.weight, hidden1.bias) {transB: 1}
        _, top int64[N, 3] = TopK(hidden1, int64)
        clip float32[N, 1024] = Clip(hidden1, _, scalar)
      "
    `);
  });
});
