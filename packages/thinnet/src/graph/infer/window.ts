/** @file How many windows fit along an axis: the arithmetic of convolution and pooling. */
import { intOf, intsOf, stringOf } from '../../onnx/attribute.js';
import type { Dim, Node } from '../../onnx/model.js';
import { addDims, ceilDivideDims, floorDivideDims, minDims, multiplyDims, subtractDims } from '../dim.js';

export interface Window {
  readonly kernel: readonly Dim[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Begins of all axes, then ends. */
  readonly pads: readonly number[];
  readonly autoPad: string;
}

/** A node's window attributes, with ONNX's defaults filled in. */
export function windowOf(node: Node, kernel: readonly Dim[]): Window {
  const ones = kernel.map(() => 1);
  return {
    kernel,
    strides: intsOf(node, 'strides') ?? ones,
    dilations: intsOf(node, 'dilations') ?? ones,
    pads: intsOf(node, 'pads') ?? [...ones, ...ones].map(() => 0),
    autoPad: stringOf(node, 'auto_pad', 'NOTSET'),
  };
}

/** (k − 1)·dilation + 1 */
const extent = ({ kernel, dilations }: Window, axis: number): Dim =>
  addDims(multiplyDims(subtractDims(kernel[axis] as Dim, 1), dilations[axis] as number), 1);

const padding = ({ pads, kernel }: Window, axis: number): number =>
  (pads[axis] as number) + (pads[axis + kernel.length] as number);

/** How room / stride is rounded: ONNX Runtime's pools take a window that is too large by less than a stride, as C divides. */
export type Rounding = 'down' | 'up' | 'towards zero';

/** ⌊(length + pads − extent) / stride⌋ + 1, or ⌈length / stride⌉ with SAME padding. */
export function windows(lengths: readonly Dim[], window: Window, rounding: Rounding = 'down'): Dim[] {
  return lengths.map((length, axis) => {
    const stride = window.strides[axis] as number;
    if (window.autoPad.startsWith('SAME')) return ceilDivideDims(length, stride);
    const pads = window.autoPad === 'VALID' ? 0 : padding(window, axis);
    const room = subtractDims(addDims(length, pads), extent(window, axis));
    if (rounding === 'towards zero' && typeof room === 'number') return Math.trunc(room / stride) + 1;
    if (rounding !== 'up') return addDims(floorDivideDims(room, stride), 1);
    // A window that would begin in the end padding is not counted.
    const begins = ceilDivideDims(addDims(length, window.pads[axis] as number), stride);
    return minDims(addDims(ceilDivideDims(room, stride), 1), begins);
  });
}

/** stride·(length − 1) + output_padding + extent − pads; with SAME padding at most stride·length, as ONNX Runtime has it. */
export function spread(lengths: readonly Dim[], window: Window, node: Node): Dim[] {
  const given = intsOf(node, 'output_shape');
  if (given) return given.slice(-lengths.length);
  const extra = intsOf(node, 'output_padding') ?? lengths.map(() => 0);
  return lengths.map((length, axis) => {
    const stride = window.strides[axis] as number;
    const inner = addDims(multiplyDims(subtractDims(length, 1), stride), extra[axis] as number);
    const whole = addDims(inner, extent(window, axis));
    if (window.autoPad.startsWith('SAME')) return minDims(multiplyDims(length, stride), whole);
    return subtractDims(whole, window.autoPad === 'VALID' ? 0 : padding(window, axis));
  });
}

/** Of a pool. */
export const roundingOf = (node: Node): Rounding =>
  intOf(node, 'ceil_mode', 0) === 0 ? 'towards zero' : 'up';
