import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { graph as graphAttribute, int, ints, string } from '../onnx/attribute.js';
import type { Attributes } from '../onnx/model.js';
import { sumOf } from '../testing/gradients/values.js';
import { gradientOf, gradients } from './gradients.js';

describe('what cannot be differentiated is an error while building', () => {
  const fails = (build: (b: GraphBuilder, x: Value) => Value, wrt?: (b: GraphBuilder) => Value) => () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 3]);
    const y = build(b, x);
    gradients(b, [{ value: y, gradient: y }], [wrt ? wrt(b) : x]);
  };

  it('names the node and the operator without a rule', () => {
    const run = fails((b, x) => b.op('Floor', [x], {}, { name: 'steps' }));
    expect(run).toThrow(ThinnetError);
    expect(run).toThrow('node "steps": operator "Floor" has no gradient; differentiableOperators() lists');
  });

  it('says of Dropout that it is to be lowered first', () => {
    expect(fails((b, x) => b.op('Dropout', [x], {}, { name: 'drop' }))).toThrow(
      'node "drop": operator "Dropout" has no gradient; lower it to a noise site first',
    );
  });

  it('does not take an operator of another domain for the standard one of the same name', () => {
    const x = { name: 'x', type: 'float32', shape: ['N', 3] } as const;
    const node = { name: 'n', op: 'Relu', domain: 'example', inputs: ['x'], outputs: ['y'], attributes: {} };
    const y = { ...x, name: 'y' };
    const b = GraphBuilder.from({
      name: 'g',
      inputs: [x],
      outputs: [y],
      initializers: [],
      nodes: [node],
      values: [],
    });
    const run = () => gradients(b, [{ value: b.value('y'), gradient: b.value('y') }], [b.value('x')]);
    expect(run).toThrow('operator "example.Relu" has no gradient');
  });

  it('refuses paths through subgraphs that capture a value', () => {
    const run = fails((b, x) => {
      const body = (name: string) => {
        const inner = new GraphBuilder(name, b);
        inner.output(inner.op('Mul', [x, inner.scalar(2)]));
        return graphAttribute(inner.build());
      };
      const attributes = { then_branch: body('yes'), else_branch: body('no') };
      return b.op('If', [b.constant(Uint8Array.of(1), 'bool', [])], attributes, {
        name: 'choice',
        shapes: [['N', 3]],
      });
    });
    expect(run).toThrow('node "choice": operator "If" has no gradient');
  });

  it('refuses integers as variables, seeds of the wrong shape, losses that are not one number', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', ['N', 3]);
    const i = b.input('i', 'int64', ['N']);
    expect(() => gradientOf(b, sumOf(b, x), [i])).toThrow(
      '"i" is of type int64: only floating-point values have gradients',
    );
    expect(() => gradients(b, [{ value: x, gradient: b.scalar(1) }], [x])).toThrow(
      /gradient given for "x" is float32 \[\]; it must be float32 \[N, 3\]/,
    );
    expect(() => gradientOf(b, x, [x])).toThrow('a loss is one number');
    expect(() => gradientOf(b, sumOf(b, b.op('Cast', [x], { to: int(7) })), [x])).toThrow(
      'which has no gradient',
    );
  });

  it('refuses reductions over computed axes', () => {
    const b = new GraphBuilder();
    const x = b.input('x', 'float32', [2, 3]);
    const y = b.op(
      'ReduceSum',
      [x, b.input('axes', 'int64', [1])],
      { keepdims: int(1) },
      { shapes: [['A', 'B']] },
    );
    expect(() => gradients(b, [{ value: y, gradient: y }], [x])).toThrow('its axes "axes" are computed');
  });

  describe('operators over a plane', () => {
    const image = (b: GraphBuilder) => b.input('image', 'float32', ['N', 2, 'H', 8]);
    const over =
      (build: (b: GraphBuilder, x: Value) => Value, options = image) =>
      () => {
        const b = new GraphBuilder();
        const x = options(b);
        const y = build(b, x);
        gradients(b, [{ value: y, gradient: y }], [x]);
      };
    const weight = (b: GraphBuilder) => b.constant(new Float32Array(36), 'float32', [2, 2, 3, 3]);
    const two = ints([2, 2]);

    it('need its lengths where strides may leave a rest', () => {
      const stem = (op: string) =>
        `(${op}): its gradient needs the lengths of all axes after the second; "image" is [N, 2, H, 8]`;
      expect(over((b, x) => b.op('Conv', [x, weight(b)], { strides: two }))).toThrow(stem('Conv'));
      expect(over((b, x) => b.op('MaxPool', [x], { kernel_shape: two }))).toThrow(stem('MaxPool'));
      expect(over((b, x) => b.op('GlobalAveragePool', [x]))).toThrow(stem('GlobalAveragePool'));
    });

    it('name a pool with SAME padding whose stride is beyond its window', () => {
      const still = (b: GraphBuilder) => b.input('x', 'float32', ['N', 2, 7, 8]);
      const same = { kernel_shape: ints([1, 2]), strides: ints([3, 2]), auto_pad: string('SAME_UPPER') };
      for (const op of ['MaxPool', 'AveragePool'])
        expect(over((b, x) => b.op(op, [x], same), still)).not.toThrow();
      const longer = (b: GraphBuilder) => b.input('x', 'float32', ['N', 2, 6, 8]);
      for (const op of ['MaxPool', 'AveragePool'])
        expect(over((b, x) => b.op(op, [x], same), longer)).toThrow(
          `(${op}): with a stride beyond the window, runtimes differ on SAME_UPPER; give pads`,
        );
    });

    it('say which statistics, modes and reductions have no gradient', () => {
      const still = (b: GraphBuilder) => b.input('x', 'float32', [2, 3, 4]);
      const ones = (b: GraphBuilder) => b.constant(new Float32Array(4), 'float32', [4]);
      expect(
        over((b, x) => b.ops('LayerNormalization', [x, ones(b)], {}, { outputs: 2 })[1] as Value, still),
      ).toThrow('its output 1 "layernormalization.1" cannot be differentiated; only the first can');
      const sizes = (b: GraphBuilder) => b.int64([2, 3, 8]);
      const resized = (attributes: Attributes) =>
        over((b, x) => b.op('Resize', [x, undefined, undefined, sizes(b)], attributes), still);
      expect(resized({ mode: string('cubic') })).toThrow('mode "cubic" has no gradient; use nearest, linear');
      expect(resized({ mode: string('linear'), antialias: int(1) })).toThrow('antialias and exclude_outside');
      expect(resized({ coordinate_transformation_mode: string('tf_crop_and_resize') })).toThrow(
        'coordinate_transformation_mode "tf_crop_and_resize" has no gradient',
      );
      const at = (b: GraphBuilder) => b.constant(new BigInt64Array(24), 'int64', [2, 3, 4]);
      expect(
        over((b, x) => b.op('ScatterElements', [x, at(b), x], { reduction: string('mul') }), still),
      ).toThrow('reduction "mul" has no gradient; "none" and "add" have');
      expect(
        over(
          (b, x) => b.op('Einsum', [x], { equation: string('ii->i') }),
          (b) => b.input('x', 'float32', [3, 3]),
        ),
      ).toThrow('term "ii" repeats a letter, a diagonal, which has no gradient');
    });
  });
});
