/** @file Giving a value the shape of another one, also where axes are symbolic. */
import type { GraphBuilder } from '../graph/builder.js';
import { isStatic, sameShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { int } from '../onnx/attribute.js';
import type { DataType, Shape } from '../onnx/model.js';
import { scalar } from './arithmetic.js';

/** [first, first + 1, …], `count` of them. */
export const range = (count: number, first = 0): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/** A value's axis lengths as an int64 vector: a constant where they are known, else a Shape node. */
export function shapeOf(b: GraphBuilder, value: Value): Value {
  return isStatic(value.shape)
    ? b.int64(value.shape)
    : b.op('Shape', [value], {}, { shapes: [[value.shape.length]] });
}

/** A value's length along one axis, as an int64 vector of one element. */
export function lengthOf(b: GraphBuilder, value: Value, axis: number): Value {
  const dim = value.shape[axis];
  if (typeof dim === 'number') return b.int64([dim]);
  return b.op('Shape', [value], { start: int(axis), end: int(axis + 1) }, { shapes: [[1]] });
}

/** A shape as an int64 vector: a constant where it is known, else put together from `of(axis)`, vectors of one element. */
export function lengthsOf(b: GraphBuilder, shape: Shape, of: (axis: number) => Value): Value {
  if (isStatic(shape)) return b.int64(shape);
  return b.op('Concat', range(shape.length).map(of), { axis: int(0) });
}

/** `x` with the shape of `like`, which has as many elements. */
export function reshapeLike(b: GraphBuilder, x: Value, like: Value): Value {
  if (sameShape(x.shape, like.shape)) return x;
  const target = reshapeTarget(x.shape, like.shape);
  const [shape, attributes] = target ? [b.int64(target), {}] : [shapeOf(b, like), { allowzero: int(1) }];
  return b.op('Reshape', [x, shape], attributes, { shapes: [like.shape] });
}

/** Reshape's constant for a target shape: 0 copies an axis, one −1 takes what is left; undefined where that cannot say it. */
export function reshapeTarget(from: Shape, to: Shape): number[] | undefined {
  if (isStatic(to)) return to.includes(0) ? undefined : [...to];
  if (to.includes(0)) return undefined;
  const copied = to.map((dim, i) => (typeof dim === 'number' ? dim : dim === from[i] ? 0 : -1));
  return copied.filter((dim) => dim === -1).length <= 1 ? copied : undefined;
}

/** `x` repeated along axes of length 1 until it has the shape of `like`. */
export function expandLike(b: GraphBuilder, x: Value, like: Value): Value {
  if (sameShape(x.shape, like.shape)) return x;
  return b.op('Expand', [x, shapeOf(b, like)], {}, { shapes: [like.shape] });
}

/** Zeros of a type and shape; `lengths` is that shape as an int64 vector. */
export function zeros(b: GraphBuilder, type: DataType, shape: Shape, lengths: Value): Value {
  return b.op('Expand', [scalar(b, 0, type), lengths], {}, { shapes: [shape] });
}

/** Zeros with the shape and type of `like`. */
export const zerosLike = (b: GraphBuilder, like: Value): Value =>
  zeros(b, like.type, like.shape, shapeOf(b, like));
