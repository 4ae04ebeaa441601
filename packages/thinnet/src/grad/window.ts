/** @file The windows of convolution and pooling, as numbers: what a rule needs of a node's attributes. */
import { ThinnetError } from '../error.js';
import { windowOf } from '../graph/infer/window.js';
import { isStatic, showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { int, ints } from '../onnx/attribute.js';
import type { Attributes, Dim, Node } from '../onnx/model.js';

/** One number an axis of the plane, first to last. */
export interface Frame {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** (kernel − 1)·dilation + 1: what a window covers. */
  readonly extents: readonly number[];
  /** Padding before and after; SAME and VALID are resolved. */
  readonly begin: readonly number[];
  readonly end: readonly number[];
}

/** The lengths of a value's plane, [N, C, ...plane]. */
export const planeOf = (x: Value): readonly Dim[] => x.shape.slice(2);

/** As `planeOf`, where a gradient needs them as numbers. */
export function staticPlane(node: Node, x: Value): readonly number[] {
  const plane = planeOf(x);
  if (isStatic(plane)) return plane;
  throw new ThinnetError(
    `node "${node.name}" (${node.op}): its gradient needs the lengths of all axes after the second; "${x.name}" is ${showShape(x.shape)}`,
  );
}

/** Whether SAME padding puts the odd element before the plane. */
const isLower = (autoPad: string): boolean => autoPad === 'SAME_LOWER';

const halves = (total: number, lower: boolean): [begin: number, end: number] => {
  const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return lower ? [large, small] : [small, large];
};

/** The windows that Conv and the pools take from `x`. */
export function frameOf(node: Node, x: Value, kernel: readonly Dim[]): Frame {
  const { strides, dilations, pads, autoPad } = windowOf(node, kernel);
  if (!isStatic(kernel))
    throw new ThinnetError(`node "${node.name}" (${node.op}): its gradient needs a kernel of known size`);
  const extents = kernel.map((k, i) => (k - 1) * (dilations[i] as number) + 1);
  const frame = { kernel, strides, dilations, extents };
  if (autoPad === 'VALID') return { ...frame, begin: kernel.map(() => 0), end: kernel.map(() => 0) };
  if (autoPad === 'NOTSET')
    return { ...frame, begin: pads.slice(0, kernel.length), end: pads.slice(kernel.length) };
  // With stride 1 the padding is the extent less one, however long the axis is.
  const lengths = strides.every((s) => s === 1) ? undefined : staticPlane(node, x);
  const padding = kernel.map((_, i) => {
    const [stride, extent] = [strides[i] as number, extents[i] as number];
    const length = lengths?.[i];
    const total =
      length === undefined ? extent - 1 : (Math.ceil(length / stride) - 1) * stride + extent - length;
    if (total < 0 && node.op !== 'Conv')
      throw new ThinnetError(
        `node "${node.name}" (${node.op}): with a stride beyond the window, runtimes differ on ${autoPad}; give pads`,
      );
    return halves(Math.max(total, 0), isLower(autoPad));
  });
  return { ...frame, begin: padding.map(([begin]) => begin), end: padding.map(([, end]) => end) };
}

/** The windows of a ConvTranspose, with the padding that its `output_shape` or SAME amounts to. */
export function transposedFrameOf(node: Node, x: Value, out: Value, kernel: readonly Dim[]): Frame {
  const { strides, dilations, pads, autoPad } = windowOf(node, kernel);
  if (!isStatic(kernel))
    throw new ThinnetError(`node "${node.name}" (${node.op}): its gradient needs a kernel of known size`);
  const extents = kernel.map((k, i) => (k - 1) * (dilations[i] as number) + 1);
  const frame = { kernel, strides, dilations, extents };
  if (autoPad === 'VALID') return { ...frame, begin: kernel.map(() => 0), end: kernel.map(() => 0) };
  if (autoPad === 'NOTSET' && node.attributes.output_shape === undefined)
    return { ...frame, begin: pads.slice(0, kernel.length), end: pads.slice(kernel.length) };
  const [from, to] = [staticPlane(node, x), staticPlane(node, out)];
  const extra = node.attributes.output_padding;
  const added = extra?.type === 'ints' ? extra.value.map(Number) : kernel.map(() => 0);
  const padding = kernel.map((_, i) => {
    const whole = (strides[i] as number) * ((from[i] as number) - 1) + (extents[i] as number);
    return halves(Math.max(whole + (added[i] as number) - (to[i] as number), 0), autoPad !== 'SAME_UPPER');
  });
  return { ...frame, begin: padding.map(([begin]) => begin), end: padding.map(([, end]) => end) };
}

/** A frame as attributes of Conv and the pools. */
export const attributesOf = (
  { strides, dilations, begin, end }: Frame,
  group = 1,
): Record<'strides' | 'dilations' | 'pads', Attributes[string]> & Attributes => ({
  strides: ints(strides),
  dilations: ints(dilations),
  pads: ints([...begin, ...end]),
  ...(group === 1 ? {} : { group: int(group) }),
});

/**
 * Attributes of the ConvTranspose that takes windows back to a plane: it gives exactly `lengths`, also where the
 * windows left a remainder over (output_padding) or reached beyond the end (more padding).
 */
export function backTo(
  { strides, dilations, extents, begin, end }: Frame,
  lengths: readonly Dim[],
  windows: readonly Dim[],
  group: number,
): Attributes {
  const after = lengths.map((length, i) => {
    if (typeof length !== 'number' || typeof windows[i] !== 'number') return end[i] as number;
    return (strides[i] as number) * (windows[i] - 1) + (extents[i] as number) - (begin[i] as number) - length;
  });
  return {
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints([...begin, ...after.map((pad) => Math.max(pad, 0))]),
    ...(after.some((pad) => pad < 0) ? { output_padding: ints(after.map((pad) => Math.max(-pad, 0))) } : {}),
    ...(group === 1 ? {} : { group: int(group) }),
  };
}
