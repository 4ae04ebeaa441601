import fc from 'fast-check';
import { describe, it } from 'vitest';
import { int, ints, string } from '../../onnx/attribute.js';
import type { Attributes } from '../../onnx/model.js';
import { type Build, compareShapes, filled, image, type ShapeCase, sequence } from '../../testing/shapes.js';

const cases: Readonly<Record<string, Build>> = {
  Dropout: (b) => b.ops('Dropout', [sequence(b), b.scalar(0.3)], {}, { outputs: 2 }),
  BatchNormalization: (b) =>
    b.op('BatchNormalization', [image(b), ...[1, 0, 0, 1].map((v) => filled(b, [4], v))]),
  'BatchNormalization in training': (b) =>
    b.ops(
      'BatchNormalization',
      [image(b), ...[1, 0, 0, 1].map((v) => filled(b, [4], v))],
      { training_mode: int(1) },
      { outputs: 3 },
    ),
  LayerNormalization: (b) =>
    b.ops(
      'LayerNormalization',
      [sequence(b), b.constant(new Float32Array(20), 'float32', [5, 4])],
      { axis: int(-2) },
      { outputs: 3 },
    ),
  InstanceNormalization: (b) => b.op('InstanceNormalization', [image(b), filled(b, [4]), filled(b, [4])]),
  GroupNormalization: (b) =>
    b.op('GroupNormalization', [image(b), filled(b, [4]), filled(b, [4])], { num_groups: int(2) }),
  'pools whose window is too large, by less than a stride and by more': (b) =>
    (['MaxPool', 'AveragePool'] as const).flatMap((op, i) => {
      const x = b.input(`p${i}`, 'float32', ['N', 2, 3]);
      const by = (kernel: number, dilation: number, stride: number) =>
        b.op(op, [x], {
          kernel_shape: ints([kernel]),
          dilations: ints([dilation]),
          strides: ints([stride]),
        });
      return [by(2, 4, 3), by(4, 1, 2), by(2, 4, 2), by(2, 3, 2)];
    }),
  LRN: (b) => b.op('LRN', [image(b)], { size: int(3) }),
  GlobalAveragePool: (b) => b.op('GlobalAveragePool', [image(b)]),
  GlobalMaxPool: (b) => b.op('GlobalMaxPool', [image(b)]),
  MaxUnpool: (b) => {
    const pooled = b.ops(
      'MaxPool',
      [b.input('x', 'float32', ['N', 2, 8, 8])],
      { kernel_shape: ints([2, 2]), strides: ints([2, 2]) },
      { outputs: 2 },
    );
    return b.op('MaxUnpool', pooled, { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
  },
};

describe('inferred types and shapes are those that ONNX Runtime returns', () => {
  it.each(Object.entries(cases))('%s', (_, build) => compareShapes({ build }));
});

const property = (cases: fc.Arbitrary<ShapeCase>, numRuns = 40) =>
  fc.assert(fc.asyncProperty(cases, compareShapes), { numRuns, endOnFailure: true });

describe('random windows too', () => {
  const window = fc.record({
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    begin: fc.nat({ max: 1 }),
    end: fc.nat({ max: 1 }),
    extra: fc.nat({ max: 1 }),
    autoPad: fc.constantFrom('NOTSET', 'NOTSET', 'SAME_UPPER', 'VALID'),
    ceil: fc.boolean(),
    length: fc.integer({ min: 6, max: 13 }),
  });
  type W = typeof window extends fc.Arbitrary<infer T> ? T : never;
  const shared = (w: W): Attributes => ({
    strides: ints([w.stride, 1]),
    // ONNX Runtime has no dilation together with SAME padding.
    dilations: ints([w.autoPad.startsWith('SAME') ? 1 : w.dilation, 1]),
    ...(w.autoPad === 'NOTSET' ? { pads: ints([w.begin, 0, w.end, 1]) } : { auto_pad: string(w.autoPad) }),
  });

  it('Conv', () =>
    property(
      window.map((w) => ({
        lengths: { N: 2, L: w.length },
        build: (b) =>
          b.op('Conv', [image(b), filled(b, [6, 2, w.kernel, 2])], { ...shared(w), group: int(2) }),
      })),
    ));

  it('ConvTranspose', () =>
    property(
      window.map((w) => ({
        lengths: { N: 2, L: w.length },
        build: (b) =>
          b.op('ConvTranspose', [image(b), filled(b, [4, 3, w.kernel, 2])], {
            ...shared(w),
            group: int(2),
            ...(w.autoPad === 'NOTSET' && w.extra < w.stride ? { output_padding: ints([w.extra, 0]) } : {}),
          }),
      })),
    ));

  it.each(['MaxPool', 'AveragePool'])('%s', (op) =>
    property(
      window.map((w) => ({
        lengths: { N: 2, L: w.length },
        build: (b) => {
          const x = b.input('x', 'float32', ['N', 2, 'L', w.length]);
          const padded = w.kernel > 1 ? w : { ...w, begin: 0, end: 0 };
          // With a stride beyond the window, SAME may ask for negative padding, which ONNX Runtime's pools refuse.
          const isSame = w.autoPad.startsWith('SAME');
          const pads = isSame ? { ...padded, stride: Math.min(w.stride, w.kernel) } : padded;
          return b.op(op, [x], {
            ...shared(pads),
            kernel_shape: ints([w.kernel, 2]),
            ceil_mode: int(w.ceil && w.autoPad === 'NOTSET' ? 1 : 0),
          });
        },
      })),
      80,
    ),
  );
});
