import { describe, it } from 'vitest';
import { graph, int } from '../../onnx/attribute.js';
import { type Build, compareShapes, sequence } from '../../testing/shapes.js';
import { GraphBuilder } from '../builder.js';
import type { Value } from '../value.js';

const cases: Readonly<Record<string, Build>> = {
  If: (b) => {
    const x = sequence(b);
    const make = (name: string, op: (inner: GraphBuilder) => Value) => {
      const inner = new GraphBuilder(name, b);
      inner.output(op(inner));
      return graph(inner.build());
    };
    return b.op('If', [b.input('c', 'bool', [])], {
      then_branch: make('yes', (i) => i.op('Neg', [x])),
      else_branch: make('no', (i) => i.op('Concat', [x, x], { axis: int(0) })),
    });
  },
  Loop: (b) => {
    const x = sequence(b);
    const body = new GraphBuilder('body', b);
    body.input('i', 'int64', []);
    const go = body.input('go', 'bool', []);
    const kept = body.input('kept', 'float32', ['rows', 4]);
    const grown = body.input('grown', 'float32', ['length']);
    body.output(go);
    body.output(body.op('Tanh', [kept]));
    body.output(body.op('Concat', [grown, grown], { axis: int(0) }), 'more');
    body.output(body.op('ReduceSum', [x, body.int64([0])], { keepdims: int(0) }), 'scan');
    const start = [b.input('a', 'float32', ['L', 4]), b.input('g', 'float32', [2])];
    const trips = b.op('Squeeze', [b.op('Shape', [x], { end: int(1) })]);
    return b.ops('Loop', [trips, undefined, ...start], { body: graph(body.build()) }, { outputs: 3 });
  },
};

describe('inferred types and shapes are those that ONNX Runtime returns', () => {
  it.each(Object.entries(cases))('%s', (_, build) => compareShapes({ build }));
});
