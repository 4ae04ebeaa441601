import { describe, expect, it } from 'vitest';
import { float, graph as graphAttribute, int } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import { lowerDropout } from './lower-dropout.js';

const model = (write: (b: GraphBuilder) => void): Graph => {
  const b = new GraphBuilder('model');
  b.input('x', 'float32', ['N', 4]);
  write(b);
  return b.build();
};

/** One Dropout as an opset writes it. */
const dropout = (change: Partial<Node>, more: (b: GraphBuilder) => void = () => {}): Graph =>
  model((b) => {
    b.constant(Float32Array.of(0.25), 'float32', [], 'ratio');
    b.constant(Uint8Array.of(1), 'bool', [], 'training');
    more(b);
    b.add({
      name: 'drop',
      op: 'Dropout',
      domain: '',
      inputs: ['x'],
      outputs: ['y'],
      attributes: {},
      ...change,
    });
    b.output(b.value('y'));
  });

describe('lowerDropout', () => {
  it.each<readonly [string, Partial<Node>, number]>([
    [
      'opset 1: ratio, is_test and consumed_inputs as attributes',
      { attributes: { ratio: float(0.25), is_test: int(1) } },
      0.25,
    ],
    [
      'opset 7: ratio as an attribute, mask named but unread',
      { attributes: { ratio: float(0.25) }, outputs: ['y', 'mask'] },
      0.25,
    ],
    ['opset 10: default ratio', {}, 0.5],
    [
      'opset 12: ratio and training_mode as inputs, a seed',
      { inputs: ['x', 'ratio', 'training'], attributes: { seed: int(7) } },
      0.25,
    ],
    ['opset 13: ratio omitted', { inputs: ['x', '', 'training'] }, 0.5],
  ])('turns Dropout of %s into a noise site', (_, change, rate) => {
    const { graph, sites } = lowerDropout(dropout(change));
    expect(sites).toEqual([
      { id: 0, name: 'drop', kind: 'dropout', rate, input: 'noise.drop', shape: ['N', 4] },
    ]);
    expect(graph.inputs.at(-1)).toEqual({ name: 'noise.drop', type: 'float32', shape: ['N', 4] });
    expect(graph.nodes).toEqual([
      { name: 'drop', op: 'Mul', domain: '', inputs: ['x', 'noise.drop'], outputs: ['y'], attributes: {} },
    ]);
  });

  it('multiplies the noise in', async () => {
    const { graph } = lowerDropout(dropout({}));
    const x = { type: 'float32', dims: [1, 4], data: Float32Array.of(1, 2, 3, 4) } as const;
    const noise = { type: 'float32', dims: [1, 4], data: Float32Array.of(0, 2, 2, 0) } as const;
    const { y } = await runGraph(graph, { x, 'noise.drop': noise });
    expect(Array.from(y!.data as Float32Array)).toEqual([0, 4, 6, 0]);
  });

  it('makes an identity of ratio 0, and reads a ratio from a Constant node', () => {
    const zero = lowerDropout(dropout({ attributes: { ratio: float(0) } }));
    expect([zero.sites, zero.graph.nodes.map((node) => node.op)]).toEqual([[], ['Identity']]);
    const constant = dropout({ inputs: ['x', 'r'] }, (b) =>
      b.add({
        name: 'r',
        op: 'Constant',
        domain: '',
        inputs: [],
        outputs: ['r'],
        attributes: { value_float: float(0.125) },
      }),
    );
    expect(lowerDropout(constant).sites[0]!.rate).toBe(0.125);
  });

  it('numbers sites in the order of the nodes and names nameless ones after their output', () => {
    const graph = model((b) => {
      for (const [x, y] of [
        ['x', 'a'],
        ['a', 'b'],
      ] as const)
        b.add({ name: '', op: 'Dropout', domain: '', inputs: [x], outputs: [y], attributes: {} });
      b.output(b.value('b'));
    });
    expect(lowerDropout(graph).sites.map(({ id, name, input }) => [id, name, input])).toEqual([
      [0, 'a', 'noise.a'],
      [1, 'b', 'noise.b'],
    ]);
  });

  it.each<readonly [string, () => Graph, string]>([
    [
      'a mask that is read',
      () => {
        const graph = dropout({ outputs: ['y', 'mask'] });
        return { ...graph, outputs: [...graph.outputs, { name: 'mask', type: 'bool' }] };
      },
      'dropout "drop": its mask "mask" is used',
    ],
    [
      'a computed ratio',
      () => dropout({ inputs: ['x', 'r'] }, (b) => b.input('r', 'float32', [])),
      'dropout "drop": its ratio "r" is not constant',
    ],
    [
      'a ratio of 1',
      () => dropout({ attributes: { ratio: float(1) } }),
      'dropout "drop": its ratio is 1; it is the probability to drop',
    ],
    [
      'a Dropout inside a branch',
      () =>
        model((b) => {
          const inner = new GraphBuilder('inner', b);
          inner.output(inner.op('Dropout', [b.value('x')], {}, { name: 'deep' }));
          const branch = graphAttribute(inner.build());
          b.output(
            b.op(
              'If',
              [b.input('c', 'bool', [])],
              { then_branch: branch, else_branch: branch },
              { name: 'choice' },
            ),
          );
        }),
      'dropout "deep" is inside "then_branch" of node "choice" (If)',
    ],
  ])('refuses %s', (_, make, message) => {
    expect(() => lowerDropout(make())).toThrow(message);
  });
});
