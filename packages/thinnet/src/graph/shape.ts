/** @file Arithmetic on shapes whose axes may be symbolic, such as ['N', 784]. */
import { ThinnetError } from '../error.js';
import type { Shape } from '../onnx/model.js';
import { evaluateDim } from './dim.js';

export const isStatic = (shape: Shape): shape is readonly number[] =>
  shape.every((dim) => typeof dim === 'number');

/** `[N, 784]` */
export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, i) => dim === b[i]);

/** Number of elements of a static shape. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const dim of shape) {
    if (typeof dim !== 'number')
      throw new ThinnetError(`shape ${showShape(shape)} has no size: axis "${dim}" is symbolic`);
    size *= dim;
  }
  return size;
}

/** Replaces symbols by their lengths: bindShape(['N', 784], { N: 32 }) is [32, 784]; 'N*T' needs those of N and T. */
export function bindShape(shape: Shape, lengths: Readonly<Record<string, number>>): number[] {
  return shape.map((dim) => {
    if (typeof dim === 'number') return dim;
    const length = evaluateDim(dim, lengths);
    if (length === undefined)
      throw new ThinnetError(`shape ${showShape(shape)}: the length of axis "${dim}" was not given`);
    return length;
  });
}

/** `axis` counted from the front; negative axes count from the back, as in ONNX. */
export function normalizeAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= Math.max(rank, 1))
    throw new ThinnetError(`axis ${axis} is outside a tensor of rank ${rank}`);
  return normal;
}

/** Multidirectional broadcasting (ONNX Broadcasting.md): right-aligned, 1 stretches, a symbol meets itself or 1. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new ThinnetError(`shapes ${showShape(a)} and ${showShape(b)} do not broadcast: ${x} against ${y}`);
  });
}
