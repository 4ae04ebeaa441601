/** @file What Slice takes of an axis, and how much. */
import type { Dim } from '../../onnx/model.js';
import { addDims, ceilDivideDims, maxDims, minDims, subtractDims } from '../dim.js';

/** Beyond any axis: exporters write "to the end" as a large number. */
const far = 2 ** 31 - 1;

/** These very ends mean "to the end" backwards too, where that is the beginning. */
const ends: ReadonlySet<number> = new Set([far, Number(2n ** 63n - 1n)]);

const endOf = (end: number, step: number): number => (step < 0 && ends.has(end) ? -Infinity : end);

/** What `[start:end:step]` takes of an axis: `count` elements, `first`, `first + step`, … */
export interface Taken {
  readonly first: number;
  readonly count: number;
}

/** Clamps as the ONNX specification of Slice does. */
export function takenBySlice(length: number, start: number, end: number, step: number): Taken {
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (x: number, least: number) => Math.min(Math.max(x < 0 ? x + length : x, least), high);
  const [first, last] = [clamp(start, step > 0 ? low : 0), clamp(endOf(end, step), low)];
  return { first, count: Math.max(0, Math.ceil((last - first) / step)) };
}

/** Length of `[start:end:step]` on an axis; undefined where a symbolic axis makes it too intricate to say. */
export function sliceLength(length: Dim, start: number, to: number, step: number): Dim | undefined {
  if (typeof length === 'number') return takenBySlice(length, start, to, step).count;
  const end = endOf(to, step);
  if (step < 0)
    return start === -1 || start >= far ? (end <= -far && step === -1 ? length : undefined) : undefined;
  const toEnd = end >= far;
  if (start === 0 && toEnd) return ceilDivideDims(length, step);
  // With non-negative bounds, or both from the back, the clamped ends differ by something simple.
  if (start >= 0 && toEnd) return ceilDivideDims(maxDims(subtractDims(length, start), 0), step);
  if (start >= 0 && end < 0) return ceilDivideDims(maxDims(addDims(length, end - start), 0), step);
  if (start < 0 && toEnd) return ceilDivideDims(minDims(length, -start), step);
  if (start === 0 && end >= 0) return ceilDivideDims(minDims(length, end), step);
  return undefined;
}
