/** @file Gradient of Slice: zeros with the gradient in the places that the slice took. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { takenBySlice } from '../../graph/infer/slice.js';
import { normalizeAxis } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import type { Dim } from '../../onnx/model.js';
import { gradientOfOutput, inputOf, type Rule, type RuleContext } from '../rule.js';
import { lengthOf, lengthsOf, range, reshapeTarget, zerosLike } from '../shapes.js';
import { scatterAlong } from './indexing.js';

/** What a slice takes along one axis of known length: `count` elements from `first` on, ascending, `stride` apart. */
interface Taken {
  readonly axis: number;
  readonly length: number;
  readonly first: number;
  readonly count: number;
  readonly stride: number;
  /** Whether the slice lists them in descending order. */
  readonly reversed: boolean;
}

const Slice: Rule = (context) => {
  const g = gradientOfOutput(context);
  const taken = takenBy(context);
  if (taken?.some(({ count }) => count === 0)) return [zerosLike(context.b, inputOf(context, 0))];
  return [(taken && placed(context.b, g, inputOf(context, 0), taken)) ?? scattered(context, g)];
};

/** The slice as numbers; undefined where a bound is computed or an axis symbolic. */
function takenBy({ b, inputs }: RuleContext): Taken[] | undefined {
  const x = inputs[0] as Value;
  const numbers = inputs.slice(1).map((value) => {
    const constant = value && b.constantOf(value);
    return constant && Array.from(constant.data as ArrayLike<number | bigint>, Number);
  });
  const [starts, ends, axes, steps] = numbers;
  if (!starts || !ends || (inputs[3] && !axes) || (inputs[4] && !steps)) return undefined;
  const taken: Taken[] = [];
  for (const [i, start] of starts.entries()) {
    const axis = normalizeAxis(axes?.[i] ?? i, x.shape.length);
    const length = x.shape[axis];
    if (typeof length !== 'number') return undefined;
    taken.push(takenAlong(axis, length, start, ends[i] as number, steps?.[i] ?? 1));
  }
  return taken;
}

function takenAlong(axis: number, length: number, start: number, end: number, step: number): Taken {
  const { first: from, count } = takenBySlice(length, start, end, step);
  const first = step > 0 ? from : from + (count - 1) * step;
  return { axis, length, first, count, stride: Math.abs(step), reversed: step < 0 };
}

/** Turns the gradient round where the slice ran backwards, spreads it by the strides, and pads it with zeros. */
function placed(b: GraphBuilder, gradient: Value, x: Value, taken: readonly Taken[]): Value | undefined {
  let g = gradient;
  const turned = taken.filter(({ reversed }) => reversed);
  if (turned.length > 0) g = reverse(b, g, turned);
  for (const { axis, count, stride } of taken) {
    if (stride === 1 || count === 1) continue;
    const spread = spreadAlong(b, g, axis, count, stride);
    if (spread === undefined) return undefined;
    g = spread;
  }
  const before = x.shape.map(() => 0);
  const after = x.shape.map(() => 0);
  for (const { axis, length, first } of taken) {
    before[axis] = first;
    after[axis] = length - first - (g.shape[axis] as number);
  }
  if ([...before, ...after].every((pad) => pad === 0)) return g;
  return b.op('Pad', [g, b.int64([...before, ...after])], {}, { shapes: [x.shape] });
}

function reverse(b: GraphBuilder, g: Value, turned: readonly Taken[]): Value {
  const each = (f: (t: Taken) => number) => b.int64(turned.map(f));
  const bounds = [each(() => -1), each(({ count }) => -count - 1), each(({ axis }) => axis), each(() => -1)];
  return b.op('Slice', [g, ...bounds], {}, { shapes: [g.shape] });
}

/** [..., count, ...] as [..., (count − 1) · stride + 1, ...]: stride − 1 zeros after each element but the last. */
function spreadAlong(
  b: GraphBuilder,
  g: Value,
  axis: number,
  count: number,
  stride: number,
): Value | undefined {
  const replace = (dim: Dim): Dim[] => g.shape.map((d, i) => (i === axis ? dim : d));
  const columns = [...g.shape.slice(0, axis), count, stride, ...g.shape.slice(axis + 1)];
  const merged = replace(count * stride);
  const target = reshapeTarget(columns, merged);
  if (target === undefined) return undefined;
  const unsqueezed = b.op('Unsqueeze', [g, b.int64([axis + 1])]);
  const pads = range(2 * columns.length).map((i) => (i === columns.length + axis + 1 ? stride - 1 : 0));
  const padded = b.op('Pad', [unsqueezed, b.int64(pads)], {}, { shapes: [columns] });
  const flat = b.op('Reshape', [padded, b.int64(target)], {}, { shapes: [merged] });
  const length = (count - 1) * stride + 1;
  const bounds = [b.int64([0]), b.int64([length]), b.int64([axis])];
  return b.op('Slice', [flat, ...bounds], {}, { shapes: [replace(length)] });
}

/** Where lengths are known only at run time: the same slice of [0, 1, 2, …] says where each element came from. */
function scattered({ b, node, inputs }: RuleContext, gradient: Value): Value {
  const [x, starts, ends, axes, steps] = inputs as [Value, Value, Value, Value?, Value?];
  const count = starts.shape[0];
  const known = axes && b.constantOf(axes);
  if (typeof count !== 'number' || (axes && !known))
    throw new ThinnetError(
      `node "${node.name}" (Slice): the axes that it slices are computed; a gradient needs them constant`,
    );
  const order = range(count).map((i) => normalizeAxis(known ? Number(known.data[i]) : i, x.shape.length));
  const pick = (vector: Value, i: number) =>
    b.op('Slice', [vector, b.int64([i]), b.int64([i + 1]), b.int64([0])]);
  const zero = b.constant(new BigInt64Array(1), 'int64', []);
  const one = b.constant(BigInt64Array.of(1n), 'int64', []);
  let g = gradient;
  for (const [i, axis] of [...order.entries()].reverse()) {
    const dim = x.shape[axis] as Dim;
    const end = b.op('Squeeze', [lengthOf(b, x, axis), b.int64([0])]);
    const all = b.op('Range', [zero, end, one], {}, { shapes: [[dim]] });
    const bounds = [pick(starts, i), pick(ends, i), b.int64([0]), ...(steps ? [pick(steps, i)] : [])];
    const places = b.op('Slice', [all, ...bounds], {}, { shapes: [[g.shape[axis] as Dim]] });
    const from: Value = g;
    const shape = from.shape.with(axis, dim);
    const lengths = lengthsOf(b, shape, (j) => lengthOf(b, j === axis ? x : from, j));
    g = scatterAlong(b, { type: from.type, shape, lengths }, axis, places, from);
  }
  return g;
}

export const slice = { Slice } satisfies Record<string, Rule>;
