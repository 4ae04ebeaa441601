import { describe, expect, it } from 'vitest';
import { ints, string } from '../../onnx/attribute.js';
import { type Build, compareShapes, image } from '../../testing/shapes.js';
import { GraphBuilder } from '../builder.js';

const scales = (b: GraphBuilder, ...xs: number[]) =>
  b.constant(Float32Array.from(xs), 'float32', [xs.length]);

const cases: Readonly<Record<string, Build>> = {
  'by whole scales': (b) => b.op('Resize', [image(b), undefined, scales(b, 1, 1, 2, 3)]),
  'by other scales': (b) => b.op('Resize', [image(b), undefined, scales(b, 1, 1, 1, 0.7)]),
  'by scales whose product single precision rounds up to a whole number': (b) => [
    b.op('Resize', [b.input('x', 'float32', [1, 2, 10, 20]), undefined, scales(b, 1, 1, 0.7, 0.9)]),
    b.op('Resize', [b.input('y', 'float32', [1, 2, 60, 40]), undefined, scales(b, 1, 1, 0.7, 1.1)]),
  ],
  'by sizes': (b) =>
    b.op('Resize', [b.input('x', 'float32', [2, 3, 4, 5]), undefined, undefined, b.int64([2, 3, 9, 2])]),
  'by sizes of some axes': (b) =>
    b.op('Resize', [image(b), undefined, undefined, b.int64([7, 5])], {
      axes: ints([2, -1]),
      mode: string('linear'),
    }),
};

describe('Resize: inferred shapes are those that ONNX Runtime returns', () => {
  it.each(Object.entries(cases))('%s', (_, build) => compareShapes({ build }));

  it('refuses scales that do not match the axes', () => {
    const b = new GraphBuilder();
    expect(() => b.op('Resize', [image(b), undefined, scales(b, 2, 2)])).toThrow(
      '2 scales for 4 axes of [N, 4, L, 12]',
    );
  });
});
