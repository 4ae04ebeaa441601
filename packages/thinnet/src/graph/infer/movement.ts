/** @file Shape rules of operators that move elements: Reshape, Transpose, Concat, Split, Slice, Pad, … */
import { ThinnetError } from '../../error.js';
import { intOf, intsOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { addDims, ceilDivideDims, multiplyDims, productOf } from '../dim.js';
import { broadcastShapes, isStatic, normalizeAxis, showShape, sizeOf } from '../shape.js';
import { reshapeShape } from './reshape.js';
import {
  axesOf,
  type Finding,
  type InferContext,
  inputOf,
  integersOf,
  present,
  type Rules,
  rule,
  sameType,
} from './rule.js';

const reshape = rule(1, 2, (context) => {
  const x = inputOf(context, 0);
  const input = context.inputs[1];
  const target = intsOf(context.node, 'shape') ?? (input && context.elementsOf(input));
  const allowZero = intOf(context.node, 'allowzero', 0) !== 0;
  return [
    {
      type: x.type,
      shape: target && reshapeShape(x.shape, target, allowZero),
      elements: context.elementsOf(x),
    },
  ];
});

const flatten = rule(1, 1, (context) => {
  const x = inputOf(context, 0);
  const given = intOf(context.node, 'axis', 1);
  const axis = given < 0 ? given + x.shape.length : given;
  return [{ type: x.type, shape: [productOf(x.shape.slice(0, axis)), productOf(x.shape.slice(axis))] }];
});

const transpose = rule(1, 1, (context) => {
  const x = inputOf(context, 0);
  const order = intsOf(context.node, 'perm') ?? x.shape.map((_, i) => x.shape.length - 1 - i);
  if (
    order.length !== x.shape.length ||
    new Set(order).size !== order.length ||
    order.some((axis) => x.shape[axis] === undefined)
  )
    throw new ThinnetError(
      `perm [${order.join(', ')}] is no permutation of the axes of ${showShape(x.shape)}`,
    );
  const shape = order.map((axis) => x.shape[axis] as Dim);
  return [{ type: x.type, shape, elements: transposed(context.elementsOf(x), x.shape, order) }];
});

/** The elements of a small integer tensor with its axes in another order. */
function transposed(
  elements: readonly Dim[] | undefined,
  shape: Shape,
  order: readonly number[],
): readonly Dim[] | undefined {
  if (elements === undefined || !isStatic(shape)) return undefined;
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  let taken: number[] = [0];
  for (const axis of order)
    taken = taken.flatMap((at) =>
      Array.from({ length: shape[axis] as number }, (_, i) => at + i * (strides[axis] as number)),
    );
  return taken.map((at) => elements[at] as Dim);
}

const concat = rule(1, Infinity, (context) => {
  const values = present(context);
  const first = inputOf(context, 0).shape;
  const axis = normalizeAxis(intOf(context.node, 'axis', 0), first.length);
  for (const { shape } of values)
    if (shape.length !== first.length || shape.some((dim, i) => i !== axis && dim !== first[i]))
      throw new ThinnetError(
        `shapes ${values.map((x) => showShape(x.shape)).join(' and ')} differ elsewhere than on axis ${axis}`,
      );
  const parts = values.map((x) => context.elementsOf(x));
  const elements = first.length === 1 && parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  const length = values.map((x) => x.shape[axis] as Dim).reduce(addDims);
  return [{ type: sameType(values), shape: first.with(axis, length), elements }];
});

const split = rule(1, 2, (context) => {
  const x = inputOf(context, 0);
  const { outputs } = context.node;
  const axis = normalizeAxis(intOf(context.node, 'axis', 0), x.shape.length);
  const length = x.shape[axis] as Dim;
  const sizes =
    integersOf(context, 'split', 1) ?? evenly(length, intOf(context.node, 'num_outputs', outputs.length));
  if (sizes === 'computed') return outputs.map(() => ({ type: x.type, shape: undefined }));
  const total = sizes.reduce<Dim>(addDims, 0);
  if (typeof length === 'number' && typeof total === 'number' && total !== length)
    throw new ThinnetError(
      `parts of ${sizes.join(' + ')} do not make up axis ${axis} of ${showShape(x.shape)}`,
    );
  return sizes.map((size) => ({ type: x.type, shape: x.shape.with(axis, size) }));
});

/** Equal parts, the last one smaller where they do not come out even. */
function evenly(length: Dim, count: number): Dim[] {
  const part = ceilDivideDims(length, count);
  const last = addDims(length, multiplyDims(part, 1 - count));
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : part));
}

/** Axes to squeeze: those given, or all of length 1. */
const squeeze = rule(1, 2, (context) => {
  const x = inputOf(context, 0);
  const axes = axesOf(context, 1, x.shape.length) ?? x.shape.flatMap((dim, i) => (dim === 1 ? [i] : []));
  if (axes === 'computed') return [{ type: x.type, shape: undefined }];
  for (const axis of axes)
    if (typeof x.shape[axis] === 'number' && x.shape[axis] !== 1)
      throw new ThinnetError(
        `axis ${axis} of ${showShape(x.shape)} has length ${x.shape[axis]}, so it cannot be squeezed`,
      );
  return [
    { type: x.type, shape: x.shape.filter((_, i) => !axes.includes(i)), elements: context.elementsOf(x) },
  ];
});

const unsqueeze = rule(1, 2, (context) => {
  const x = inputOf(context, 0);
  const given = integersOf(context, 'axes', 1);
  if (given === undefined) throw new ThinnetError('axes are missing');
  if (given === 'computed') return [{ type: x.type, shape: undefined }];
  const rank = x.shape.length + given.length;
  const axes = given.map((axis) => normalizeAxis(axis, rank));
  if (new Set(axes).size !== axes.length) throw new ThinnetError(`axes [${given.join(', ')}] repeat`);
  const rest = [...x.shape];
  const shape = Array.from({ length: rank }, (_, i) => (axes.includes(i) ? 1 : (rest.shift() as Dim)));
  return [{ type: x.type, shape, elements: context.elementsOf(x) }];
});

const expand = rule(2, 2, (context) => {
  const x = inputOf(context, 0);
  const target = context.elementsOf(inputOf(context, 1));
  return [{ type: x.type, shape: target && broadcastShapes(x.shape, target) }];
});

const tile = rule(2, 2, (context) => {
  const x = inputOf(context, 0);
  const repeats = context.elementsOf(inputOf(context, 1));
  if (repeats && repeats.length !== x.shape.length)
    throw new ThinnetError(
      `${repeats.length} repeats for the ${x.shape.length} axes of ${showShape(x.shape)}`,
    );
  return [{ type: x.type, shape: repeats?.map((count, i) => multiplyDims(x.shape[i] as Dim, count)) }];
});

const pad = rule(1, 4, (context) => {
  const x = inputOf(context, 0);
  const rank = x.shape.length;
  const pads = integersOf(context, 'pads', 1);
  const axesInput = context.inputs[3];
  const axes = axesInput === undefined ? x.shape.map((_, i) => i) : axesOf(context, 3, rank);
  if (pads === undefined) throw new ThinnetError('pads are missing');
  if (pads === 'computed' || axes === 'computed' || axes === undefined)
    return [{ type: x.type, shape: undefined }];
  if (pads.length !== 2 * axes.length)
    throw new ThinnetError(`${pads.length} pads for ${axes.length} axes; each takes a begin and an end`);
  let shape: Shape = x.shape;
  for (const [i, axis] of axes.entries())
    shape = shape.with(
      axis,
      addDims(shape[axis] as Dim, (pads[i] as number) + (pads[i + axes.length] as number)),
    );
  return [{ type: x.type, shape }];
});

/** Moves blocks between channels and the plane: [N, C, H, W] to [N, C/b², H·b, W·b]. */
const depthToSpace = rule(1, 1, (context: InferContext): Finding[] => {
  const x = inputOf(context, 0);
  const block = intOf(context.node, 'blocksize', 1);
  const [n, c, h, w] = x.shape as [Dim, Dim, Dim, Dim];
  return [
    {
      type: x.type,
      shape: [n, ceilDivideDims(c, block * block), multiplyDims(h, block), multiplyDims(w, block)],
    },
  ];
});

export const movement: Rules = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Concat: concat,
  Split: split,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Tile: tile,
  Pad: pad,
  DepthToSpace: depthToSpace,
};
