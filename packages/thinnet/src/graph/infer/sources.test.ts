import { describe, it } from 'vitest';
import { float, int, ints, tensor } from '../../onnx/attribute.js';
import { type Build, compareShapes, sequence } from '../../testing/shapes.js';

const cases: Readonly<Record<string, Build>> = {
  Constant: (b) => [
    b.op('Constant', [], {
      value: tensor({ name: '', type: 'float32', dims: [2, 1], data: Float32Array.of(1, 2) }),
    }),
    b.op('Constant', [], { value_ints: ints([1, 2, 3]) }),
    b.op('Constant', [], { value_float: float(1) }),
  ],
  ConstantOfShape: (b) =>
    b.op('ConstantOfShape', [b.op('Shape', [sequence(b)])], {
      value: tensor({ name: '', type: 'bool', dims: [1], data: Uint8Array.of(1) }),
    }),
  Range: (b) => [
    b.op('Range', [b.scalar(1), b.scalar(2), b.scalar(0.3)]),
    b.op('Range', [b.scalar(0, 'int64'), b.op('Size', [sequence(b)]), b.scalar(3, 'int64')]),
    b.op('Range', [
      b.scalar(2, 'int64'),
      b.op('Squeeze', [b.op('Shape', [b.value('x')], { end: int(1) })]),
      b.scalar(1, 'int64'),
    ]),
    b.op('Range', [b.scalar(0), b.input('limit', 'float32', []), b.scalar(1)]),
  ],
  'Bernoulli and its kin': (b) => [
    b.op('Bernoulli', [sequence(b)], { dtype: int(9) }),
    b.op('RandomNormalLike', [b.value('x')]),
    b.op('RandomUniform', [], { shape: ints([2, 3]) }),
  ],
};

describe('inferred types and shapes are those that ONNX Runtime returns', () => {
  it.each(Object.entries(cases))('%s', (_, build) => compareShapes({ build }));
});
