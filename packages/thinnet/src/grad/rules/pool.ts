/** @file Gradients of pooling. */

import type { GraphBuilder } from '../../graph/builder.js';
import { productOf } from '../../graph/dim.js';
import { sizeOf } from '../../graph/shape.js';
import { typedArray } from '../../graph/typed.js';
import type { Value } from '../../graph/value.js';
import { int, intOf, ints, intsOf, string } from '../../onnx/attribute.js';
import type { Shape } from '../../onnx/model.js';
import { arithmetic, scalar } from '../arithmetic.js';
import { cast } from '../cast.js';
import { flatPlane } from '../channels.js';
import { gradientOfOutput, inputOf, type Rule, type RuleContext } from '../rule.js';
import { expandLike, lengthOf, lengthsOf, range, reshapeLike, zeros } from '../shapes.js';
import { backTo, type Frame, frameOf, planeOf, staticPlane } from '../window.js';

interface Pool {
  readonly b: GraphBuilder;
  readonly x: Value;
  readonly out: Value;
  readonly g: Value;
  readonly frame: Frame;
  /** Lengths of x's plane, and of the output's. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

function poolOf(context: RuleContext): Pool {
  const { b, node, outputs } = context;
  const [x, g, out] = [inputOf(context, 0), gradientOfOutput(context), outputs[0] as Value];
  const frame = frameOf(node, x, intsOf(node, 'kernel_shape') ?? []);
  return { b, x, out, g, frame, from: staticPlane(node, x), to: staticPlane(node, out) };
}

/** Whether the windows lie side by side and fill the plane, but for what is left over at its end. */
const isTiling = ({ frame, from, to }: Pool): boolean =>
  frame.kernel.every(
    (k, i) =>
      frame.strides[i] === k &&
      (frame.dilations[i] === 1 || k === 1) &&
      frame.begin[i] === 0 &&
      frame.end[i] === 0 &&
      k * (to[i] as number) <= (from[i] as number),
  );

/** g at the first element of each window, in row-major order, that equals the maximum. */
const MaxPool: Rule = (context) => {
  const pool = poolOf(context);
  return [isTiling(pool) ? firstOfTiles(pool) : byIndices(context, pool)];
};

/**
 * Each element gets a number, greater for those that equal their window's maximum, and greater the earlier they stand in
 * it: pooling the numbers finds the first maximum; or, where none is equal (ONNX Runtime's maximum of nothing but −∞ or NaN is
 * the least finite number), the first element, as in PyTorch. All this is comparison of whole tensors; asking MaxPool for its
 * indices is slower.
 */
function firstOfTiles(pool: Pool): Value {
  const { b, out, g, frame } = pool;
  const e = arithmetic(b);
  const tiles = cropped(pool);
  const x = inTiles(pool, tiles);
  const mask = (condition: Value) => cast(b, condition, g.type);
  const numbers = e.add(mask(e.equal(x, spread(pool, out))), placesOf(pool));
  const attributes = { kernel_shape: ints(frame.kernel), strides: ints(frame.kernel) };
  const first = b.op('MaxPool', [reshapeLike(b, numbers, tiles)], attributes, { shapes: [out.shape] });
  const chosen = mask(e.equal(numbers, spread(pool, first)));
  return uncropped(pool, reshapeLike(b, e.mul(chosen, spread(pool, g)), tiles));
}

/** x without what the windows leave over at the end of each axis. */
function cropped({ b, x, frame, from, to }: Pool): Value {
  const ends = frame.kernel.map((k, i) => k * (to[i] as number));
  const axes = range(ends.length).filter((i) => ends[i] !== from[i]);
  if (axes.length === 0) return x;
  const bounds = [axes.map(() => 0), axes.map((i) => ends[i] as number), axes.map((i) => i + 2)];
  return b.op('Slice', [x, ...bounds.map((xs) => b.int64(xs))]);
}

/** Zeros where `cropped` cut. */
function uncropped({ b, x, from }: Pool, d: Value): Value {
  const rests = planeOf(d).map((length, i) => (from[i] as number) - (length as number));
  if (rests.every((rest) => rest === 0)) return d;
  return b.op('Pad', [d, b.int64([...x.shape.map(() => 0), 0, 0, ...rests])], {}, { shapes: [x.shape] });
}

/** Lengths of the axes that `inTiles` and `spread` have after the first: k₁, o₂, k₂, …, and the last axis whole. */
function tileAxes({ frame, to }: Pool, windowed: (k: number) => number): number[] {
  const last = frame.kernel.length - 1;
  const whole = (frame.kernel[last] as number) * (to[last] as number);
  const inner = frame.kernel.flatMap((k, i) => (i === last ? [] : [to[i] as number, windowed(k)]));
  return [...inner.slice(1), whole];
}

/** [N, C, k₁·o₁, …, k·o] as [N·C·o₁, k₁, o₂, k₂, …, k·o]. */
const inTiles = (pool: Pool, x: Value): Value =>
  pool.b.op('Reshape', [x, pool.b.int64([-1, ...tileAxes(pool, (k) => k)])]);

/** [N, C, o₁, …, o], each element repeated along the last axis, to broadcast against `inTiles`. */
function spread(pool: Pool, windows: Value): Value {
  const { b, frame } = pool;
  const times = frame.kernel.at(-1) as number;
  const column = b.op('Reshape', [windows, b.int64([-1, 1])]);
  const repeated = times === 1 ? column : b.op('Concat', Array<Value>(times).fill(column), { axis: int(1) });
  return b.op('Reshape', [repeated, b.int64([-1, ...tileAxes(pool, () => 1)])]);
}

/** For each place in a window its number, descending from 1 to above 0, to broadcast against `inTiles`. */
function placesOf({ b, x, frame, to }: Pool): Value {
  const last = frame.kernel.length - 1;
  const dims = frame.kernel.flatMap((k, i) =>
    i === last ? [k * (to[i] as number)] : i === 0 ? [k] : [1, k],
  );
  const width = dims.at(-1) as number;
  const [size, inner] = [sizeOf(frame.kernel), frame.kernel[last] as number];
  const places = Array.from(
    { length: sizeOf(dims) },
    (_, at) => (size - Math.floor(at / width) * inner - (at % inner)) / (size + 1),
  );
  return b.constant(typedArray(x.type, places), x.type, [1, ...dims], 'places');
}

/** Where windows overlap or reach beyond the plane: MaxPool says where it found each maximum. */
function byIndices({ node }: RuleContext, pool: Pool): Value {
  const { b, x, out } = pool;
  const { storage_order, ...attributes } = node.attributes;
  const [, found] = b.ops('MaxPool', [x], attributes, { outputs: 2, shapes: [out.shape, out.shape] });
  const [indices, g] = withinPlane(pool, found as Value);
  const flat = (v: Value) => b.op('Reshape', [v, b.int64([-1])]);
  const size = productOf(x.shape);
  const shape = [size];
  const lengths =
    typeof size === 'number'
      ? b.int64([size])
      : b.op('ReduceProd', [lengthsOf(b, x.shape, (i) => lengthOf(b, x, i))], { keepdims: int(1) });
  const filled = zeros(b, x.type, shape, lengths);
  const attributesOfAdd = { axis: int(0), reduction: string('add') };
  const added = b.op('ScatterElements', [filled, flat(indices), flat(g)], attributesOfAdd);
  return reshapeLike(b, added, x);
}

/** Indices and gradient of the windows; no gradient where a dilated window steps over the whole plane, whose index is none. */
function withinPlane({ b, g, frame, from, to }: Pool, indices: Value): [indices: Value, g: Value] {
  const meets = to.map((count, i) =>
    range(count).map((o) => placesAlong(frame, i, o).some((at) => at >= 0 && at < (from[i] as number))),
  );
  if (meets.every((axis) => axis.every(Boolean))) return [indices, g];
  const all = meets.reduce((whole, axis) => whole.flatMap((a) => axis.map((m) => a && m)), [true]);
  const mask = b.constant(Uint8Array.from(all, Number), 'bool', [1, 1, ...to], 'meets');
  const masked = (v: Value) => b.op('Where', [mask, v, scalar(b, 0, v.type)], {}, { shapes: [v.shape] });
  return [masked(indices), masked(g)];
}

/** Where the elements of window `o` lie along an axis of the plane, those in the padding too. */
function placesAlong({ kernel, strides, dilations, begin }: Frame, axis: number, o: number): number[] {
  const first = o * (strides[axis] as number) - (begin[axis] as number);
  return range(kernel[axis] as number).map((t) => first + t * (dilations[axis] as number));
}

/** g divided by the number of elements that its window averages, at each of them. */
const AveragePool: Rule = (context) => {
  const pool = poolOf(context);
  const { b, x, g, frame, from, to } = pool;
  const padded = intOf(context.node, 'count_include_pad', 0) === 1;
  const share = arithmetic(b).div(g, countsOf(pool, padded));
  if (isTiling(pool)) {
    const whole = b.op('Expand', [spread(pool, share), b.int64([1, ...tileAxes(pool, (k) => k)])]);
    const plane = frame.kernel.map((k, i) => k * (to[i] as number));
    const shape: Shape = [...x.shape.slice(0, 2), ...plane];
    const lengths = lengthsOf(b, shape, (i) =>
      i < 2 ? lengthOf(b, x, i) : b.int64([plane[i - 2] as number]),
    );
    return [uncropped(pool, b.op('Reshape', [whole, lengths], { allowzero: int(1) }, { shapes: [shape] }))];
  }
  const ones = b.constant(typedArray(x.type, Array<number>(sizeOf(frame.kernel)).fill(1)), x.type, [
    1,
    1,
    ...frame.kernel,
  ]);
  const alone = b.op('Reshape', [share, b.int64([-1, 1, ...to])]);
  const spreadOut = b.op('ConvTranspose', [alone, ones], backTo(frame, from, to, 1));
  return [reshapeLike(b, spreadOut, x)];
};

/** How many elements each window averages: one number where all agree, else [1, 1, ...windows]. */
function countsOf({ b, x, frame, from, to }: Pool, padded: boolean): Value | number {
  const counts = frame.kernel.map((_, i) => {
    const [before, after] = padded ? [frame.begin[i] as number, frame.end[i] as number] : [0, 0];
    const inside = (at: number) => at >= -before && at < (from[i] as number) + after;
    return range(to[i] as number).map((o) => placesAlong(frame, i, o).filter(inside).length);
  });
  const all = counts.reduce<number[]>(
    (products, axis) => products.flatMap((p) => axis.map((n) => p * n)),
    [1],
  );
  const [first] = all;
  if (first !== undefined && all.every((n) => n === first)) return first;
  return b.constant(typedArray(x.type, all), x.type, [1, 1, ...to], 'counts');
}

/** g / n, repeated. */
const GlobalAveragePool: Rule = (context) => {
  const { b, node } = context;
  const x = inputOf(context, 0);
  const share = arithmetic(b).div(gradientOfOutput(context), sizeOf(staticPlane(node, x)));
  return [expandLike(b, share, x)];
};

/** g / k for each of the k elements of a channel that equal its maximum, as ReduceMax. */
const GlobalMaxPool: Rule = (context) => {
  const { b, outputs } = context;
  const x = inputOf(context, 0);
  const e = arithmetic(b);
  const hits = cast(b, e.equal(x, outputs[0] as Value), x.type);
  const count = b.op('ReduceSum', [flatPlane(b, hits), b.int64([2])], { keepdims: int(1) });
  const share = e.div(gradientOfOutput(context), reshapeLike(b, count, outputs[0] as Value));
  return [e.mul(hits, share)];
};

export const pool = { MaxPool, AveragePool, GlobalAveragePool, GlobalMaxPool } satisfies Record<string, Rule>;
