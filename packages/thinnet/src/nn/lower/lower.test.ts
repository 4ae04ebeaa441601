/** @file Recurrent operators and RMSNormalization of imported models, written out: what ONNX Runtime computes for both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradients } from '../../grad/gradients.js';
import { GraphBuilder } from '../../graph/builder.js';
import { sizeOf } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { float, int, ints, string } from '../../onnx/attribute.js';
import type { Attributes, Graph, TensorValue } from '../../onnx/model.js';
import { standardModel } from '../../onnx/version.js';
import { writeModel } from '../../onnx/write.js';
import { nodeRuntime } from '../../runtime/node/ort.js';
import { centralDifferences } from '../../testing/finite-differences.js';
import { distance } from '../../testing/gradients/check.js';
import { floats } from '../../testing/noise.js';
import { runGraph, withGraph } from '../../testing/run.js';
import { fromOnnx } from '../import.js';
import { meanProgram } from '../programs.js';
import { lowerSequences } from './lower.js';

const waves = (dims: readonly number[], phase: number) =>
  floats(
    dims,
    Array.from({ length: sizeOf(dims) }, (_, i) => Math.sin(1.7 * i * i + i + phase)),
  );
const dataOf = (tensor: TensorValue | undefined) => tensor?.data as Float32Array;
const gatesOf = { LSTM: 4, GRU: 3, RNN: 1 } as const;

interface Form {
  readonly op: keyof typeof gatesOf;
  readonly direction: 'forward' | 'reverse' | 'bidirectional';
  readonly time: number;
  readonly bias: boolean;
  readonly initial: boolean;
  /** GRU's linear_before_reset; RNN's relu. */
  readonly other: boolean;
}
const [batch, features, units] = [2, 3, 4];

/** Inputs x, w, r, and what the form asks for; outputs Y, Y_h and, of an LSTM, Y_c. */
function graphOf({ op, direction, time, bias, initial, other }: Form, extra: Attributes = {}): Graph {
  const b = new GraphBuilder('imported');
  const directions = direction === 'bidirectional' ? 2 : 1;
  const rows = gatesOf[op] * units;
  const x = b.input('x', 'float32', [time, 'N', features]);
  const given = (name: string, dims: (number | string)[]) => b.input(name, 'float32', dims);
  const inputs = [
    x,
    given('w', [directions, rows, features]),
    given('r', [directions, rows, units]),
    bias ? given('b', [directions, 2 * rows]) : undefined,
    undefined,
    initial ? given('h', [directions, 'N', units]) : undefined,
    initial && op === 'LSTM' ? given('c', [directions, 'N', units]) : undefined,
  ];
  const attributes: Attributes = {
    hidden_size: int(units),
    direction: string(direction),
    ...(op === 'GRU' && other ? { linear_before_reset: int(1) } : {}),
    ...(op === 'RNN' && other
      ? { activations: { type: 'strings', value: Array<string>(directions).fill('Relu') } }
      : {}),
    ...extra,
  };
  for (const [i, value] of b
    .ops(op, op === 'LSTM' ? inputs : inputs.slice(0, 6), attributes, { outputs: op === 'LSTM' ? 3 : 2 })
    .entries())
    b.output(value, `y${i}`);
  return b.build();
}
const feedsOf = ({ inputs }: Graph) =>
  Object.fromEntries(
    inputs.map(({ name, shape = [] }, i) => [
      name,
      waves(
        shape.map((dim) => (dim === 'N' ? batch : Number(dim))),
        i,
      ),
    ]),
  );
const recurrentNodes = ({ nodes }: Graph) => nodes.filter(({ op }) => Object.hasOwn(gatesOf, op));

const forms: fc.Arbitrary<Form> = fc.record({
  op: fc.constantFrom('LSTM', 'GRU', 'RNN'),
  direction: fc.constantFrom('forward', 'reverse', 'bidirectional'),
  time: fc.integer({ min: 1, max: 4 }),
  bias: fc.boolean(),
  initial: fc.boolean(),
  other: fc.boolean(),
});

describe('LSTM, GRU and RNN', () => {
  it('give the same outputs to 1e-5 written out, in every form', async () => {
    await fc.assert(
      fc.asyncProperty(forms, async (form) => {
        const graph = graphOf(form);
        const written = lowerSequences(graph);
        expect(recurrentNodes(written)).toEqual([]);
        const [ours, theirs] = [
          await runGraph(written, feedsOf(graph)),
          await runGraph(graph, feedsOf(graph)),
        ];
        for (const [name, { dims, data }] of Object.entries(theirs)) {
          expect(ours[name]?.dims).toEqual(dims);
          expect(distance(ours[name]?.data as Float32Array, data as Float32Array), name).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each(['LSTM', 'GRU', 'RNN'] as const)(
    '%s passes gradients to its weights, biases and states',
    async (op) => {
      const form: Form = { op, direction: 'bidirectional', time: 3, bias: true, initial: true, other: false };
      const graph = lowerSequences(graphOf(form));
      const feeds = feedsOf(graph);
      const b = GraphBuilder.from(graph);
      const y = b.value('y0');
      const seed = waves([3, 2, batch, units], 9);
      const wrt = ['x', 'w', 'r', 'b', 'h'].map((name) => b.value(name));
      const arriving = b.input('seed', 'float32', y.shape);
      const found = gradients(b, [{ value: y, gradient: arriving }], wrt);
      for (const [i, gradient] of found.entries()) b.output(gradient, `d ${wrt[i]?.name}`);
      const ours = await runGraph(b.build(), { ...feeds, seed });
      await withGraph(graph, async (program) => {
        for (const { name } of wrt) {
          const at = feeds[name] as ReturnType<typeof floats>;
          const loss = async (point: Float64Array) => {
            const values = dataOf((await program.run({ ...feeds, [name]: floats(at.dims, point) })).y0);
            return values.reduce((sum, value, i) => sum + value * (seed.data[i] as number), 0);
          };
          const expected = await centralDifferences(loss, at.data, 1e-2);
          expect(distance(ours[`d ${name}`]?.data as Float32Array, expected), name).toBeLessThan(2e-3);
        }
      });
    },
  );

  it.each<[string, Attributes]>([
    ['clip', { clip: float(3) }],
    ['coupled gates', { input_forget: int(1) }],
    ['other activations', { activations: { type: 'strings', value: ['HardSigmoid', 'Tanh', 'Tanh'] } }],
  ])('stay as they are with %s', (_, extra) => {
    const form: Form = {
      op: 'LSTM',
      direction: 'forward',
      time: 3,
      bias: true,
      initial: false,
      other: false,
    };
    const graph = graphOf(form, extra);
    expect(lowerSequences(graph).nodes).toEqual(graph.nodes);
  });

  it('say where they stay as they are that they have no gradient, and why', () => {
    const b = GraphBuilder.from(
      graphOf(
        { op: 'LSTM', direction: 'forward', time: 3, bias: true, initial: false, other: false },
        { clip: float(3) },
      ),
    );
    const y = b.value('y0');
    expect(() =>
      gradients(b, [{ value: y, gradient: b.input('g', 'float32', y.shape) }], [b.value('w')]),
    ).toThrow(
      'operator "LSTM" has no gradient; it is trained where importing can write it out: a fixed number of time steps',
    );
  });
});

describe('RMSNormalization', () => {
  it.each([-1, 1])('gives the same to 1e-6 written out, from axis %i on', async (axis) => {
    const b = new GraphBuilder('imported');
    const x = b.input('x', 'float32', ['N', 3, 4]);
    const scale = b.input('scale', 'float32', axis === 1 ? [3, 4] : [4]);
    b.output(b.op('RMSNormalization', [x, scale], { axis: int(axis), epsilon: float(0.01) }), 'y');
    const graph = b.build();
    const feeds = feedsOf(graph);
    const program = await nodeRuntime.load(writeModel(standardModel(graph, { opsets: { '': 23 } })), {
      threads: 1,
    });
    const theirs = (await program.run(feeds)).y?.data as Float32Array;
    await program.release();
    const ours = (await runGraph(lowerSequences(graph), feeds)).y?.data as Float32Array;
    expect(distance(ours, theirs)).toBeLessThan(1e-6);
  });
});

describe('an imported model with them', () => {
  const model = () => {
    const b = new GraphBuilder('imported');
    const weight = (name: string, dims: number[], phase: number) =>
      b.initializer({ name, type: 'float32', dims, data: waves(dims, phase).data });
    const x = b.input('x', 'float32', ['batch', 5, features]);
    const byTime = b.op('Transpose', [x], { perm: ints([1, 0, 2]) });
    const weights = [
      weight('w', [2, 16, features], 1),
      weight('r', [2, 16, units], 2),
      weight('b', [2, 32], 3),
    ];
    const outputs = b.ops(
      'LSTM',
      [byTime, ...weights],
      { direction: string('bidirectional'), hidden_size: int(units) },
      { outputs: 3 },
    );
    const last = b.op('Transpose', [outputs[1] as Value], { perm: ints([1, 0, 2]) });
    const flat = b.op('Reshape', [last, b.int64([-1, 2 * units])]);
    b.output(b.op('RMSNormalization', [flat, weight('scale', [2 * units], 4)]), 'y');
    return standardModel(b.build(), { opsets: { '': 23 } });
  };

  it('trains their weights, scale and biases, and computes what the file computes', async () => {
    const network = fromOnnx(model());
    expect(network.parameters).toEqual([
      { name: 'w', shape: [2, 16, 3], role: 'weight', incomingAxes: [2] },
      { name: 'r', shape: [2, 16, 4], role: 'weight', incomingAxes: [2] },
      { name: 'b', shape: [2, 32], role: 'bias', incomingAxes: [] },
      { name: 'scale', shape: [8], role: 'bias', incomingAxes: [] },
    ]);
    const program = await nodeRuntime.load(writeModel(model()), { threads: 1 });
    const x = waves([3, 5, features], 0);
    const theirs = (await program.run({ x })).y?.data as Float32Array;
    await program.release();
    const { y } = await runGraph(meanProgram(network), { x });
    expect(distance(y?.data as Float32Array, theirs)).toBeLessThan(1e-5);
  });
});
