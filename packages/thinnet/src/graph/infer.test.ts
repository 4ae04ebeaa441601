import { describe, expect, it } from 'vitest';
import { float, int, ints } from '../onnx/attribute.js';
import type { Attributes, Shape } from '../onnx/model.js';
import { GraphBuilder } from './builder.js';

describe('symbols', () => {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 'T', 28]);
  const shape = b.op('Shape', [x]);

  it('cancel in Reshape, and products resolve again', () => {
    const flat = b.op('Reshape', [x, b.int64([-1, 28])]);
    expect(flat.shape).toEqual(['N*T', 28]);
    expect(b.op('Reshape', [flat, shape]).shape).toEqual(['N', 'T', 28]);
    const picture = b.input('picture', 'float32', ['N', 28, 28]);
    for (const target of [
      [0, 784],
      [-1, 784],
      [0, -1],
    ])
      expect(b.op('Reshape', [picture, b.int64(target)]).shape).toEqual(['N', 784]);
  });

  it('pass through the chains that exporters write', () => {
    const first = b.op('Gather', [shape, b.scalar(0, 'int64')]);
    const target = b.op('Concat', [b.op('Unsqueeze', [first, b.int64([0])]), b.int64([-1])], {
      axis: int(0),
    });
    expect(b.op('Reshape', [x, target]).shape).toEqual(['N', '28*T']);
    const two = b.op('Slice', [shape, b.int64([0]), b.int64([2])]);
    const rows = b.op('ReduceProd', [two], { keepdims: int(0) });
    const features = b.op('Div', [b.op('Size', [x]), rows]);
    const matrix = b.op(
      'Concat',
      [b.op('Reshape', [rows, b.int64([1])]), b.op('Reshape', [features, b.int64([1])])],
      { axis: int(0) },
    );
    expect(b.op('Reshape', [x, matrix]).shape).toEqual(['N*T', 28]);
    expect(b.op('Expand', [b.scalar(1), b.op('Cast', [shape], { to: int(7) })]).shape).toEqual([
      'N',
      'T',
      28,
    ]);
  });

  it('add up in Concat, and stay whole in a whole Slice', () => {
    const both = b.op('Concat', [x, x], { axis: int(0) });
    expect(both.shape).toEqual(['2*N', 'T', 28]);
    expect(b.op('Slice', [x, b.int64([0]), b.int64([2 ** 31 - 1]), b.int64([0])]).shape).toEqual([
      'N',
      'T',
      28,
    ]);
    const shorter = [
      b.op('Slice', [x, b.int64([1]), b.int64([2 ** 31 - 1]), b.int64([1])]),
      b.op('Slice', [x, b.int64([0]), b.int64([-1]), b.int64([1])]),
    ];
    expect(b.op('Sub', shorter).shape).toEqual(['N', 'max(T - 1, 0)', 28]);
  });

  it('are made up, the same in every build, where a length depends on data', () => {
    const make = () => {
      const g = new GraphBuilder();
      return g.op('NonZero', [g.input('x', 'float32', ['N'])], {}, { name: 'found' }).shape;
    };
    expect(make()).toEqual([1, 'found.1']);
    expect(make()).toEqual(make());
  });

  it('do not broadcast against each other', () => {
    expect(() => b.op('Add', [b.input('n', 'float32', ['N']), b.input('t', 'float32', ['T'])])).toThrow(
      'do not broadcast: N against T',
    );
  });
});

describe('operators as older opsets write them, with attributes', () => {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 1, 6]);
  const cases: readonly (readonly [string, Attributes, Shape])[] = [
    ['Squeeze', { axes: ints([1]) }, ['N', 6]],
    ['Unsqueeze', { axes: ints([0, 4]) }, [1, 'N', 1, 6, 1]],
    ['ReduceSum', { axes: ints([-1]), keepdims: int(0) }, ['N', 1]],
    ['Slice', { axes: ints([2]), starts: ints([1]), ends: ints([-1]) }, ['N', 1, 4]],
    ['Pad', { pads: ints([0, 1, 0, 0, 1, 2]) }, ['N', 3, 8]],
    ['Reshape', { shape: ints([0, 2, -1]) }, ['N', 2, 3]],
    ['TopK', { k: int(2) }, ['N', 1, 2]],
    ['Clip', { min: float(0), max: float(1) }, ['N', 1, 6]],
    ['Dropout', { ratio: float(0.5) }, ['N', 1, 6]],
  ];

  it.each(cases)('%s %j', (op, attributes, shape) => {
    expect(b.op(op, [x], attributes).shape).toEqual(shape);
  });

  it('Split', () => {
    const parts = b.ops('Split', [x], { axis: int(2), split: ints([2, 4]) }, { outputs: 2 });
    expect(parts.map((part) => part.shape)).toEqual([
      ['N', 1, 2],
      ['N', 1, 4],
    ]);
  });
});

describe('errors name the node, the operator and what is wrong', () => {
  const b = new GraphBuilder();
  const x = b.input('x', 'float32', ['N', 3]);
  const i = b.input('i', 'int64', ['N', 3]);
  const target = b.input('target', 'int64', [2]);
  const errors: Readonly<Record<string, readonly [() => unknown, string]>> = {
    'a missing input': [
      () => b.op('Add', [x], {}, { name: 'sum' }),
      'node "sum" (Add): input 1 of 2 is missing (given: x)',
    ],
    'an input too many': [
      () => b.op('Neg', [x, x], {}, { name: 'n' }),
      'node "n" (Neg): takes at most 1 inputs, but has 2',
    ],
    'an operator without a rule': [
      () => b.op('Frobnicate', [x], {}, { name: 'f' }),
      'node "f" (Frobnicate): no rule says what its output 0 ("f") is',
    ],
    'mixed types': [
      () => b.op('Mul', [x, i], {}, { name: 'm' }),
      'node "m" (Mul): "x" is float32 but "i" is int64; cast one of them',
    ],
    'rows against columns': [
      () => b.op('MatMul', [x, x], {}, { name: 'p' }),
      'node "p" (MatMul): shapes [N, 3] and [N, 3] do not multiply: 3 columns against N rows',
    ],
    'a computed shape': [
      () => b.op('Reshape', [x, target], {}, { name: 'r' }),
      'node "r" (Reshape): the shape of "r" depends on computed data; give it in `shapes`',
    ],
    'a shape given wrongly': [
      () => b.op('Neg', [x], {}, { name: 'g', shapes: [['N', 4]] }),
      'node "g" (Neg): "g" was said to be [N, 4], but is [N, 3]',
    ],
    'an axis outside': [
      () => b.op('ReduceSum', [x, b.int64([2])], {}, { name: 'a' }),
      'node "a" (ReduceSum): axis 2 is outside a tensor of rank 2',
    ],
  };

  it.each(Object.entries(errors))('%s', (_, [run, message]) => {
    expect(run).toThrow(message);
  });

  it('reshapes that cannot come out', () => {
    const y = b.input('y', 'float32', [2, 3]);
    expect(() => b.op('Reshape', [y, b.int64([4, -1])])).toThrow(
      '[2, 3] does not reshape to [4, -1]: 6 elements are no multiple of 4',
    );
    expect(() => b.op('Reshape', [y, b.int64([4, 2])])).toThrow('6 elements against 8');
    expect(() => b.op('Reshape', [y, b.int64([-1, -1])])).toThrow('only one axis can be -1');
  });

  it('a computed shape is taken from the caller', () => {
    expect(b.op('Reshape', [x, target], {}, { shapes: [['M', 3]] }).shape).toEqual(['M', 3]);
  });
});
