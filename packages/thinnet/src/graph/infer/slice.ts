/** @file The length that Slice leaves of an axis. */
import type { Dim } from '../../onnx/model.js';
import { addDims, ceilDivideDims, maxDims, minDims, subtractDims } from '../dim.js';

/** Beyond any axis: exporters write "to the end" as a large number. */
const far = 2 ** 31 - 1;

/** These very ends mean "to the end" backwards too, where that is the beginning. */
const ends: ReadonlySet<number> = new Set([far, Number(2n ** 63n - 1n)]);

/** Length of `[start:end:step]` on an axis; undefined where a symbolic axis makes it too intricate to say. */
export function sliceLength(length: Dim, start: number, to: number, step: number): Dim | undefined {
  const end = step < 0 && ends.has(to) ? -Infinity : to;
  if (typeof length === 'number') {
    const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
    const clamp = (x: number, least: number) => Math.min(Math.max(x < 0 ? x + length : x, least), high);
    const [first, last] = [clamp(start, step > 0 ? low : 0), clamp(end, low)];
    return Math.max(0, Math.ceil((last - first) / step));
  }
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
