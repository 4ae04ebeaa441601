import { describe, expect, it } from 'vitest';
import type { Graph, TensorValue } from '../../onnx/model.js';
import { runGraph } from '../../testing/run.js';
import { GraphBuilder } from '../builder.js';
import { bindAxes } from './bind-axes.js';
import { freeze } from './freeze.js';
import { unfreeze } from './unfreeze.js';

const tensor = (dims: readonly number[], ...xs: number[]): TensorValue => ({
  type: 'float32',
  dims,
  data: Float32Array.from(xs),
});

function affine(): Graph {
  const b = new GraphBuilder('affine');
  const x = b.input('x', 'float32', ['N', 'T']);
  const y = b.input('y', 'float32', ['N', 1]);
  b.initializer({ name: 'w', ...tensor([1], 2) });
  b.output(b.op('Flatten', [b.op('Add', [b.op('Mul', [x, b.value('w')]), y])]), 'z');
  return b.build();
}

describe('freeze and unfreeze', () => {
  const x = tensor([2, 2], 1, 2, 3, 4);
  const y = tensor([2, 1], 10, 20);

  it('turn inputs into initializers and back without changing the outputs', async () => {
    const expected = await runGraph(affine(), { x, y });
    const frozen = freeze(affine(), { y });
    expect(frozen.inputs.map((info) => info.name)).toEqual(['x']);
    expect(await runGraph(frozen, { x })).toEqual(expected);
    const open = unfreeze(frozen, ['y', 'w']);
    expect(open.inputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['x', [2, 'T']],
      ['y', [2, 1]],
      ['w', [1]],
    ]);
    expect(await runGraph(open, { x, y, w: tensor([1], 2) })).toEqual(expected);
  });

  it('give initializers new values', async () => {
    const { z } = await runGraph(freeze(affine(), { w: tensor([1], 0) }), { x, y });
    expect(Array.from(z!.data as Float32Array)).toEqual([10, 10, 20, 20]);
  });

  it('make a length known everywhere', () => {
    expect(freeze(affine(), { x }).outputs[0]!.shape).toEqual([2, 2]);
    expect(bindAxes(affine(), { N: 3 }).inputs.map((info) => info.shape)).toEqual([
      [3, 'T'],
      [3, 1],
    ]);
    const b = new GraphBuilder();
    b.output(b.op('Reshape', [b.input('x', 'float32', ['N', 'T']), b.int64([-1])]));
    expect(bindAxes(b.build(), { N: 3 }).outputs[0]!.shape).toEqual(['3*T']);
  });

  it.each<readonly [() => unknown, string]>([
    [() => freeze(affine(), { q: y }), 'freeze: "q" is no input or initializer of graph "affine"'],
    [() => freeze(affine(), { y: x }), 'freeze: "y" is float32[N, 1], but its value is float32[2, 2]'],
    [
      () => freeze(affine(), { x, y: tensor([3, 1], 1, 2, 3) }),
      'freeze: "y" is float32[N, 1], but its value is float32[3, 1]',
    ],
    [
      () => freeze(affine(), { w: tensor([2], 1, 2) }),
      'freeze: "w" is float32[1], but its value is float32[2]',
    ],
    [() => freeze(affine(), { w: { type: 'float64', dims: [1], data: Float64Array.of(1) } }), 'float64[1]'],
    [() => unfreeze(affine(), ['x']), 'unfreeze: "x" is no initializer of graph "affine"'],
    [() => bindAxes(affine(), { N: 1.5 }), 'axis "N" cannot have length 1.5'],
  ])('say what does not fit: %#', (run, message) => {
    expect(run).toThrow(message);
  });
});
