/** @file Gradients of a case: by the rules, and by finite differences. */
import { gradients } from '../../grad/gradients.js';
import { GraphBuilder } from '../../graph/builder.js';
import { bindShape, sizeOf } from '../../graph/shape.js';
import { typedArray } from '../../graph/typed.js';
import type { Value } from '../../graph/value.js';
import type { Graph, TensorValue } from '../../onnx/model.js';
import { centralDifferences } from '../finite-differences.js';
import { runGraph, withGraph } from '../run.js';
import { type Case, drawOperands, randomFrom } from './case.js';

/** A case with its data: the seeds are the gradients that arrive at its outputs. */
export interface Drawn {
  readonly operands: readonly TensorValue[];
  readonly seeds: readonly TensorValue[];
  /** Numbers of the operands that have a gradient. */
  readonly wrt: readonly number[];
}

/** A case's graphs: the operator alone, and with its gradients. */
interface Graphs {
  readonly forward: Graph;
  readonly backward: Graph;
  readonly outputs: readonly Value[];
}

const operandsOf = (b: GraphBuilder, given: Case, drawn: readonly TensorValue[]): Value[] =>
  given.operands.map(({ shape, constant, type = given.precision }, i) => {
    const { dims, data } = drawn[i] as TensorValue;
    return constant ? b.constant(data, type, dims) : b.input(`x${i}`, type, shape);
  });

function graphsOf(given: Case, operands: readonly TensorValue[], wrt: readonly number[]): Graphs {
  const forward = new GraphBuilder('forward');
  for (const [k, y] of given.build(forward, operandsOf(forward, given, operands)).entries())
    forward.output(y, `y${k}`);

  const backward = new GraphBuilder('backward');
  const values = operandsOf(backward, given, operands);
  const outputs = given.build(backward, values);
  const seeds = outputs.map((value, k) => ({
    value,
    gradient: backward.input(`g${k}`, value.type, value.shape),
  }));
  const found = gradients(
    backward,
    seeds,
    wrt.map((i) => values[i] as Value),
  );
  for (const [j, gradient] of found.entries()) backward.output(gradient, `d${wrt[j]}`);
  return { forward: forward.build(), backward: backward.build(), outputs };
}

const named = (stem: string, tensors: readonly TensorValue[]): Record<string, TensorValue> =>
  Object.fromEntries(tensors.map((tensor, i) => [`${stem}${i}`, tensor]));

/** Leaves out the operands that are constants of the graph. */
const feedsOf = (given: Case, operands: readonly TensorValue[]): Record<string, TensorValue> =>
  Object.fromEntries(
    operands.flatMap((tensor, i) => (given.operands[i]?.constant ? [] : [[`x${i}`, tensor]])),
  );

export interface Gradients extends Drawn {
  /** By operand number, as `wrt`. */
  readonly found: readonly TensorValue[];
}

/** Draws a case's data and runs its gradient graph. */
export async function gradientsByRule(given: Case): Promise<Gradients & { readonly forward: Graph }> {
  const operands = drawOperands(given);
  const wrt = given.operands.flatMap(({ type, constant, differentiate = true }, i) =>
    type === undefined && !constant && differentiate ? [i] : [],
  );
  const { forward, backward, outputs } = graphsOf(given, operands, wrt);
  const random = randomFrom(given.seed + 1);
  const unknown = outputs.some(({ shape }) =>
    shape.some((dim) => typeof dim === 'string' && !(dim in given.lengths)),
  );
  const shapes = unknown
    ? Object.values(await runGraph(forward, feedsOf(given, operands))).map(({ dims }) => dims)
    : outputs.map(({ shape }) => bindShape(shape, given.lengths));
  const seeds = outputs.map(({ type }, k): TensorValue => {
    const dims = shapes[k] as readonly number[];
    return {
      type,
      dims,
      data: typedArray(
        type,
        Array.from({ length: sizeOf(dims) }, () => 2 * random() - 1),
      ),
    };
  });
  const results = await runGraph(backward, { ...feedsOf(given, operands), ...named('g', seeds) });
  return { operands, seeds, wrt, forward, found: wrt.map((i) => results[`d${i}`] as TensorValue) };
}

/** The same by central differences of Σ over outputs of seed · output. */
export async function gradientsByDifferences(
  given: Case,
  forward: Graph,
  { operands, seeds, wrt }: Drawn,
): Promise<Float64Array[]> {
  return withGraph(forward, async (program) => {
    const found: Float64Array[] = [];
    for (const i of wrt) {
      const operand = operands[i] as TensorValue;
      const value = async (at: Float64Array): Promise<number> => {
        const moved = operands.with(i, { ...operand, data: typedArray(operand.type, Array.from(at)) });
        const results = await program.run(feedsOf(given, moved));
        return seeds.reduce((sum, seed, k) => sum + dot(seed, results[`y${k}`] as TensorValue), 0);
      };
      found.push(
        await centralDifferences(
          value,
          operand.data as Float64Array,
          given.precision === 'float64' ? 1e-5 : 1e-2,
        ),
      );
    }
    return found;
  });
}

function dot(x: TensorValue, y: TensorValue): number {
  let sum = 0;
  for (let i = 0; i < x.data.length; i++) sum += Number(x.data[i]) * Number(y.data[i]);
  return sum;
}

/** max |a − b| / max(1, max |b|) */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [worst, size] = [0, 1];
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
    size = Math.max(size, Math.abs(b[i] as number));
  }
  return worst / size;
}
