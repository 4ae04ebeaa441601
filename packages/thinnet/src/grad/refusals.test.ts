import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { graph as graphAttribute, int } from '../onnx/attribute.js';
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
});
