/** @file Random graphs for tests of passes: small, finite-valued, full of what passes look for. */
import fc from 'fast-check';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { graph as graphAttribute, int, ints } from '../onnx/attribute.js';
import type { Graph, Tensor, TensorValue } from '../onnx/model.js';

/** Chooses a value of the pool of [N, 4] tensors, or another number below a limit. */
interface Choices {
  value(): Value;
  below(limit: number): number;
}

/** Writes some nodes and returns one more [N, 4] tensor. */
type Step = (b: GraphBuilder, choices: Choices) => Value;

const unary = ['Relu', 'Neg', 'Tanh', 'Abs', 'Identity', 'Sigmoid'] as const;
const scalars = [0, 1, -1, 0.5, 2] as const;

const steps: readonly Step[] = [
  (b, { value, below }) => b.op(unary[below(unary.length)] ?? 'Relu', [value()]),
  (b, { value, below }) => b.op((['Add', 'Sub', 'Mul'] as const)[below(3)] ?? 'Add', [value(), value()]),
  // A scalar on either side: neutral ones, and others.
  (b, { value, below }) => {
    const pair = [value(), b.scalar(scalars[below(scalars.length)] ?? 1)];
    return b.op((['Add', 'Sub', 'Mul'] as const)[below(3)] ?? 'Add', below(2) ? pair : pair.toReversed());
  },
  // Constants that fold.
  (b, { value, below }) => {
    const half = b.op('Div', [b.scalar(1), b.scalar(scalars[below(2) + 3] ?? 2)]);
    return b.op('Mul', [value(), b.op('Sub', [half, b.op('Neg', [b.scalar(0)])])]);
  },
  (b, { value }) => {
    const there = b.op('Transpose', [value()], { perm: ints([1, 0]) });
    return b.op('Transpose', [there], { perm: ints([1, 0]) });
  },
  (b, { value }) => {
    const there = b.op('Reshape', [value(), b.int64([0, 2, 2])]);
    return b.op('Reshape', [b.op('Neg', [there]), b.int64([-1, 4])]);
  },
  // As exporters write it: the batch length is taken from the shape.
  (b, { value }) => {
    const x = value();
    const length = b.op('Gather', [b.op('Shape', [x]), b.int64([0])], { axis: int(0) });
    return b.op('Reshape', [x, b.op('Concat', [length, b.int64([-1])], { axis: int(0) })]);
  },
  (b, { value }) => b.op('Squeeze', [b.op('Unsqueeze', [value(), b.int64([1])]), b.int64([1])]),
  (b, { value }) => b.op('Gemm', [value(), b.value('weight'), b.value('bias')]),
  (b, { value, below }) => b.op('Gemm', [b.op('Mul', [value(), b.scalar(below(2))]), b.value('weight')]),
  (b, { value }) => b.op('Tanh', [b.op('MatMul', [value(), b.value('weight')])]),
  (b, { value, below }) => {
    const product = b.op('Gemm', [value(), b.value('weight')]);
    return b.op('Add', [b.op('Mul', [b.scalar(scalars[below(5)] ?? 1), value()]), product]);
  },
  (b, { value }) => {
    const both = b.op('Concat', [value(), value()], { axis: int(1) });
    const [left] = b.ops('Split', [both, b.int64([4, 4])], { axis: int(1) }, { outputs: 2 });
    return left as Value;
  },
  (b, { value }) => b.op('Cast', [value()], { to: int(1) }),
  (b, { value }) => b.op('Add', [value(), b.op('ReduceMean', [value(), b.int64([1])])]),
  (b, { value }) => loop(b, value(), value()),
  (b, { value, below }) => branch(b, value(), below(2) === 1),
];

/** Two iterations of x ← tanh(x + outer·1). */
function loop(b: GraphBuilder, x: Value, outer: Value): Value {
  const body = new GraphBuilder('body', b);
  body.input(body.unique('i'), 'int64', []);
  const go = body.input(body.unique('go'), 'bool', []);
  const state = body.input(body.unique('state'), 'float32', x.shape);
  const one = body.op('Mul', [outer, body.scalar(1)]);
  body.output(go);
  body.output(body.op('Tanh', [body.op('Add', [state, body.op('Identity', [one])])]));
  const trips = b.constant(BigInt64Array.of(2n), 'int64', []);
  return b.op('Loop', [trips, undefined, x], { body: graphAttribute(body.build()) });
}

function branch(b: GraphBuilder, x: Value, which: boolean): Value {
  const make = (name: string, op: string) => {
    const inner = new GraphBuilder(name, b);
    inner.output(inner.op('Add', [inner.op(op, [x]), inner.scalar(0)]));
    return graphAttribute(inner.build());
  };
  const condition = b.constant(Uint8Array.of(which ? 1 : 0), 'bool', []);
  return b.op('If', [condition], { then_branch: make('then', 'Neg'), else_branch: make('else', 'Relu') });
}

const weight = (name: string, dims: readonly number[]): Tensor => {
  const length = dims.reduce((a, b) => a * b, 1);
  return {
    name,
    type: 'float32',
    dims,
    data: Float32Array.from({ length }, (_, i) => Math.sin(i * 7 + name.length) / 2),
  };
};

/** Graphs from x and y [N, 4] with parameters weight [4, 4] and bias [4] to one, two or three outputs [N, 4]. */
export const randomGraph = (): fc.Arbitrary<Graph> =>
  fc
    .tuple(
      fc.array(fc.nat({ max: steps.length - 1 }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
    )
    .map(([program, numbers]) => {
      const b = new GraphBuilder('random');
      const pool = [b.input('x', 'float32', ['N', 4]), b.input('y', 'float32', ['N', 4])];
      b.initializer(weight('weight', [4, 4]));
      b.initializer(weight('bias', [4]));
      let at = 0;
      const below = (limit: number) => (numbers[at++ % numbers.length] as number) % limit;
      const value = () => pool[below(pool.length)] as Value;
      for (const step of program) pool.push((steps[step] as Step)(b, { value, below }));
      const last = pool.at(-1) as Value;
      b.output(last);
      for (let i = below(3); i > 0; i--) b.output(value(), `output${i}`);
      return b.build();
    });

/** Feeds for such a graph with N rows. */
export function randomFeeds(rows: number): Record<string, TensorValue> {
  const feed = (name: string): TensorValue => {
    const { type, dims, data } = weight(name, [rows, 4]);
    return { type, dims, data };
  };
  return { x: feed('x'), y: feed('second') };
}
