/** @file Gradients of what enlarges: Resize, Pad, Tile. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { normalizeAxis, showShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int, ints, intsOf, stringOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { arithmetic } from '../arithmetic.js';
import { type Axis, sharesOf } from '../resample.js';
import { gradientOfOutput, inputOf, integersOf, perInput, type Rule, type RuleContext } from '../rule.js';
import { lengthOf, lengthsOf, range, reshapeTarget } from '../shapes.js';
import { scatterAlong } from './indexing.js';

/** Along each resized axis the transposed matrix of shares. */
const Resize: Rule = (context) => {
  const { b, node } = context;
  const x = inputOf(context, 0);
  let g = gradientOfOutput(context);
  for (const axis of range(x.shape.length)) {
    const resized = resizedAxis(context, x, g, axis);
    if (resized === undefined) continue;
    const shares = sharesOf(b, node, resized, x.type);
    g = alongLast(b, g, axis, (rows) => b.op('MatMul', [rows, shares]));
  }
  return [g];
};

/** The lengths and the scale of an axis; undefined where Resize leaves it as it is. */
function resizedAxis(context: RuleContext, x: Value, g: Value, axis: number): Axis | undefined {
  const { b, node, inputs } = context;
  const [from, to] = [x.shape[axis] as Dim, g.shape[axis] as Dim];
  const given = intsOf(node, 'axes');
  const place = given ? given.map((a) => normalizeAxis(a, x.shape.length)).indexOf(axis) : axis;
  if (place < 0) return undefined;
  const constant = inputs[2] && b.constantOf(inputs[2]);
  const scale = constant && constant.data.length > 0 ? Number(constant.data[place]) : undefined;
  if ((scale ?? 1) === 1 && from === to) return undefined;
  if (typeof from !== 'number' || typeof to !== 'number')
    throw new ThinnetError(
      `node "${node.name}" (Resize): its gradient needs the lengths of the axes that it resizes; "${x.name}" is ${showShape(x.shape)}`,
    );
  if (stringOf(node, 'keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    throw new ThinnetError(
      `node "${node.name}" (Resize): keep_aspect_ratio_policy has no gradient; give the sizes themselves`,
    );
  return { from, to, scale };
}

/** Applies `f` to x with the axis turned to the end, and turns it back. */
function alongLast(b: GraphBuilder, x: Value, axis: number, f: (x: Value) => Value): Value {
  const rank = x.shape.length;
  if (axis === rank - 1) return f(x);
  const exchanged = ints(
    range(rank)
      .with(axis, rank - 1)
      .with(rank - 1, axis),
  );
  return b.op('Transpose', [f(b.op('Transpose', [x], { perm: exchanged }))], { perm: exchanged });
}

/** Constant: the part of g that x is. Reflect, edge and wrap: each element of g added where it was taken from. */
const Pad: Rule = (context) => {
  const { b, node } = context;
  const [x, g] = [inputOf(context, 0), gradientOfOutput(context)];
  const mode = stringOf(node, 'mode', 'constant');
  const pads = padsOf(context);
  if (mode !== 'constant') return [moved(context, g, pads, mode)];
  const back = (pad: (p: number) => number, shape?: Shape) => {
    const both = [...pads.map(([begin]) => -pad(begin)), ...pads.map(([, end]) => -pad(end))];
    const options = shape ? { shapes: [shape] } : {};
    return both.every((p) => p === 0) ? g : b.op('Pad', [g, b.int64(both)], {}, options);
  };
  return perInput(
    context,
    () => back((p) => p, x.shape),
    () => g,
    () => {
      const total = (v: Value) => b.op('ReduceSum', [v], { keepdims: int(0) });
      return arithmetic(b).sub(total(g), total(back((p) => Math.max(p, 0))));
    },
  );
};

/** Begin and end of every axis. */
function padsOf(context: RuleContext): [begin: number, end: number][] {
  const { node } = context;
  const rank = inputOf(context, 0).shape.length;
  const pads = integersOf(context, 1, 'pads') ?? intsOf(node, 'pads') ?? [];
  const axes = (integersOf(context, 3, 'axes') ?? range(rank)).map((axis) => normalizeAxis(axis, rank));
  const all = range(rank).map((): [number, number] => [0, 0]);
  for (const [i, axis] of axes.entries()) all[axis] = [pads[i] as number, pads[i + axes.length] as number];
  return all;
}

/** Which element of an axis of `length` stands at place `at`, which may lie outside. */
const sources: Readonly<Record<string, (at: number, length: number) => number>> = {
  reflect: (at, length) => {
    const period = Math.max(2 * (length - 1), 1);
    const within = ((at % period) + period) % period;
    return Math.min(within, period - within);
  },
  edge: (at, length) => Math.min(Math.max(at, 0), length - 1),
  wrap: (at, length) => ((at % length) + length) % length,
};

function moved(
  { b, node }: RuleContext,
  gradient: Value,
  pads: readonly (readonly [number, number])[],
  mode: string,
): Value {
  const source = sources[mode];
  if (source === undefined)
    throw new ThinnetError(`node "${node.name}" (Pad): mode "${mode}" has no gradient`);
  let g = gradient;
  for (const [axis, [begin, end]] of pads.entries()) {
    if (begin === 0 && end === 0) continue;
    const padded = g.shape[axis];
    if (typeof padded !== 'number')
      throw new ThinnetError(
        `node "${node.name}" (Pad): the gradient of mode "${mode}" needs the length of axis ${axis}, which is ${padded}`,
      );
    const from: Value = g;
    const length = padded - begin - end;
    const shape: Shape = from.shape.with(axis, length);
    const lengths = lengthsOf(b, shape, (i) => (i === axis ? b.int64([length]) : lengthOf(b, from, i)));
    // Negative pads crop before the others repeat what is left.
    const [first, left] = [Math.max(-begin, 0), length + Math.min(begin, 0) + Math.min(end, 0)];
    if (mode === 'wrap' && begin > left)
      throw new ThinnetError(
        `node "${node.name}" (Pad): mode "wrap" puts ${begin} elements before the ${left} of axis ${axis}, which ONNX Runtime computes wrongly; pad in two steps`,
      );
    const places = b.int64(range(padded).map((at) => first + source(at - Math.max(begin, 0), left)));
    g = scatterAlong(b, { type: g.type, shape, lengths }, axis, places, from);
  }
  return g;
}

/** Σ over the copies. */
const Tile: Rule = (context) => {
  const { b } = context;
  const [x, g] = [inputOf(context, 0), gradientOfOutput(context)];
  const repeats = integersOf(context, 1, 'repeats') ?? [];
  const copies = range(repeats.length).filter((i) => repeats[i] !== 1);
  if (copies.length === 0) return [g];
  const split = x.shape.flatMap((dim, i): Dim[] => (repeats[i] === 1 ? [dim] : [repeats[i] as number, dim]));
  const target = reshapeTarget(g.shape, split);
  const lengths = target
    ? b.int64(target)
    : b.op(
        'Concat',
        x.shape.flatMap((_, i) => [
          ...(repeats[i] === 1 ? [] : [b.int64([repeats[i] as number])]),
          lengthOf(b, x, i),
        ]),
        { axis: int(0) },
      );
  const apart = b.op('Reshape', [g, lengths], target ? {} : { allowzero: int(1) }, { shapes: [split] });
  return [
    b.op('ReduceSum', [apart, b.int64(copyAxes(repeats))], { keepdims: int(0) }, { shapes: [x.shape] }),
  ];
};

/** Where the copies are once each repeated axis stands behind an axis of its copies. */
function copyAxes(repeats: readonly number[]): number[] {
  let before = 0;
  return repeats.flatMap((count, i) => (count === 1 ? [] : [i + before++]));
}

export const enlarging = { Resize, Pad, Tile } satisfies Record<string, Rule>;
