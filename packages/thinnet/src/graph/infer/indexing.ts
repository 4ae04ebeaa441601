/** @file Shape rules of operators that select by position: Slice, Gather, Scatter, OneHot. */
import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import type { Dim } from '../../onnx/model.js';
import { isStatic, normalizeAxis, showShape } from '../shape.js';
import type { Value } from '../value.js';
import { axesOf, inputOf, integersOf, type Rules, requireRank, rule, sameType, unknownDim } from './rule.js';
import { sliceLength, takenBySlice } from './slice.js';

/** What a slice takes of one axis. */
type Cut = 'computed' | { readonly start: number; readonly end: number; readonly step: number };

const slice = rule(1, 5, (context) => {
  const x = inputOf(context, 0);
  const rank = x.shape.length;
  const axes = axesOf(context, 3, rank);
  const starts = integersOf(context, 'starts', 1);
  const ends = integersOf(context, 'ends', 2);
  const steps = integersOf(context, 'steps', 4);
  if (starts === undefined || ends === undefined) throw new ThinnetError('starts or ends are missing');
  if (axes === 'computed')
    return [{ type: x.type, shape: x.shape.map((_, axis) => unknownDim(context, axis)) }];
  const count = starts === 'computed' ? (axes?.length ?? rank) : starts.length;
  const known = starts !== 'computed' && ends !== 'computed' && steps !== 'computed';
  const cuts: (Cut | undefined)[] = [];
  for (let i = 0; i < count; i++)
    cuts[axes?.[i] ?? i] = known
      ? { start: starts[i] as number, end: ends[i] as number, step: steps?.[i] ?? 1 }
      : 'computed';
  const shape = x.shape.map((dim, axis) => {
    const cut = cuts[axis];
    if (cut === undefined) return dim;
    const length = cut === 'computed' ? undefined : sliceLength(dim, cut.start, cut.end, cut.step);
    return length ?? unknownDim(context, axis);
  });
  return [{ type: x.type, shape, elements: slicedElements(x, context.elementsOf(x), cuts) }];
});

/** A slice of a small integer tensor, such as a shape being computed. */
function slicedElements(
  x: Value,
  elements: readonly Dim[] | undefined,
  cuts: readonly (Cut | undefined)[],
): readonly Dim[] | undefined {
  if (elements === undefined || !isStatic(x.shape)) return undefined;
  let taken: number[] = [0];
  for (const [axis, length] of x.shape.entries()) {
    const cut = cuts[axis] ?? { start: 0, end: length, step: 1 };
    if (cut === 'computed') return undefined;
    const { first, count } = takenBySlice(length, cut.start, cut.end, cut.step);
    taken = taken.flatMap((before) =>
      Array.from({ length: count }, (_, i) => before * length + first + i * cut.step),
    );
  }
  return taken.map((at) => elements[at] as Dim);
}

const gather = rule(2, 2, (context) => {
  const [x, indices] = [inputOf(context, 0), inputOf(context, 1)];
  if (x.shape.length === 0)
    throw new ThinnetError(`"${x.name}" is a scalar; there is nothing to gather from`);
  const axis = normalizeAxis(intOf(context.node, 'axis', 0), x.shape.length);
  const [from, at] = [context.elementsOf(x), context.elementsOf(indices)];
  const picked = from && x.shape.length === 1 ? at?.map((i) => from.at(i as number)) : undefined;
  const elements = picked?.every((dim) => dim !== undefined) ? picked : undefined;
  return [{ type: x.type, shape: x.shape.toSpliced(axis, 1, ...indices.shape), elements }];
});

const gatherElements = rule(2, 2, (context) => {
  const [x, indices] = [inputOf(context, 0), inputOf(context, 1)];
  requireRank(indices, x.shape.length);
  return [{ type: x.type, shape: indices.shape }];
});

const gatherND = rule(2, 2, (context) => {
  const [x, indices] = [inputOf(context, 0), inputOf(context, 1)];
  const batch = intOf(context.node, 'batch_dims', 0);
  const depth = indices.shape.at(-1);
  if (typeof depth !== 'number') return [{ type: x.type, shape: undefined }];
  if (batch + depth > x.shape.length)
    throw new ThinnetError(`indices of ${depth} numbers are too long for "${x.name}" ${showShape(x.shape)}`);
  return [{ type: x.type, shape: [...indices.shape.slice(0, -1), ...x.shape.slice(batch + depth)] }];
});

/** A copy of the first input with some elements replaced. */
const scatter = rule(3, 3, (context) => {
  const [x, , updates] = context.inputs as [Value, Value, Value];
  return [{ type: sameType([x, updates]), shape: x.shape }];
});

const oneHot = rule(3, 3, (context) => {
  const [indices, depth, values] = context.inputs as [Value, Value, Value];
  const given = intOf(context.node, 'axis', -1);
  const rank = indices.shape.length + 1;
  const axis = normalizeAxis(given, rank);
  const length = context.elementsOf(depth)?.[0] ?? unknownDim(context, axis);
  return [{ type: values.type, shape: indices.shape.toSpliced(axis, 0, length) }];
});

/** Indices of the elements that are not zero: [rank, how many]. */
const nonZero = rule(1, 1, (context) => [
  { type: 'int64', shape: [inputOf(context, 0).shape.length, unknownDim(context, 1)] },
]);

export const indexing: Rules = {
  Slice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  ScatterElements: scatter,
  ScatterND: scatter,
  OneHot: oneHot,
  NonZero: nonZero,
};
