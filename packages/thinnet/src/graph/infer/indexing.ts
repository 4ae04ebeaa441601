/** @file Shape rules of operators that select by position: Slice, Gather, Scatter, OneHot. */
import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { normalizeAxis, showShape } from '../shape.js';
import type { Value } from '../value.js';
import {
  axesOf,
  type InferContext,
  inputOf,
  integersOf,
  type Rules,
  requireRank,
  rule,
  sameType,
  unknownDim,
} from './rule.js';
import { sliceLength } from './slice.js';

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
  let shape: Shape = x.shape;
  const count = starts === 'computed' ? (axes?.length ?? rank) : starts.length;
  for (let i = 0; i < count; i++) {
    const axis = axes?.[i] ?? i;
    const known = starts !== 'computed' && ends !== 'computed' && steps !== 'computed';
    const length = known
      ? sliceLength(x.shape[axis] as Dim, starts[i] as number, ends[i] as number, steps?.[i] ?? 1)
      : undefined;
    shape = shape.with(axis, length ?? unknownDim(context, axis));
  }
  return [{ type: x.type, shape, elements: slicedElements(context, x) }];
});

/** A slice of a shape being computed. */
function slicedElements(context: InferContext, x: Value): readonly Dim[] | undefined {
  const elements = context.elementsOf(x);
  const [start, end, step] = [
    integersOf(context, 'starts', 1),
    integersOf(context, 'ends', 2),
    integersOf(context, 'steps', 4),
  ];
  if (
    !elements ||
    x.shape.length !== 1 ||
    !Array.isArray(start) ||
    !Array.isArray(end) ||
    (step !== undefined && step[0] !== 1)
  )
    return undefined;
  return elements.slice(start[0], end[0]);
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
