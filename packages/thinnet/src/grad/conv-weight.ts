/** @file The gradient of a convolution's weight: which lowering, by its channels. */
import { ThinnetError } from '../error.js';
import type { GraphBuilder } from '../graph/builder.js';
import { isStatic, showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { int, ints } from '../onnx/attribute.js';
import type { Dim, Node } from '../onnx/model.js';
import { sumOfChannels } from './channels.js';
import { range } from './shapes.js';
import { type Frame, planeOf } from './window.js';

export interface Windows {
  readonly node: Node;
  /** What the windows were taken from, [N, C, ...plane]. */
  readonly x: Value;
  /** What arrives at each window, [N, M, ...windows]. */
  readonly g: Value;
  /** The weight, [M, C / group, ...kernel]. */
  readonly weight: Value;
  readonly frame: Frame;
  readonly group: number;
}

/** From this many channels a group on, products of slices are faster than a convolution (docs/gradients.md). */
const wide = 16;

/** Σ over examples and windows of g · x, of the weight's shape. */
export function weightGradient(b: GraphBuilder, windows: Windows): Value {
  const { x, g, weight, frame, group } = windows;
  const known = isStatic(planeOf(x)) && isStatic(planeOf(g));
  if (known && group === 1 && (weight.shape[1] as number) >= wide) return byProducts(b, windows);
  const dense = frame.strides.every((s) => s === 1);
  return known && dense && isDepthwise(weight, group) ? byChannels(b, windows) : byConvolution(b, windows);
}

/** Whether each channel has one filter to itself. */
export const isDepthwise = (weight: Value, group: number): boolean =>
  group > 1 && weight.shape[0] === group && weight.shape[1] === 1;

/** For each offset within the kernel, the sums a channel of x's slice times g. */
function byChannels(b: GraphBuilder, { x, g, weight, frame }: Windows): Value {
  const axes = frame.kernel.length;
  const none = [...frame.begin, ...frame.end].every((pad) => pad === 0);
  const padded = none ? x : b.op('Pad', [x, b.int64([0, 0, ...frame.begin, 0, 0, ...frame.end])]);
  const windows = planeOf(g) as readonly number[];
  const sums = offsetsOf(frame.kernel).map((offsets) => {
    const first = offsets.map((o, i) => o * (frame.dilations[i] as number));
    const last = first.map((at, i) => at + (windows[i] as number));
    const slice = b.op('Slice', [padded, b.int64(first), b.int64(last), b.int64(range(axes, 2))]);
    return b.op('Unsqueeze', [sumOfChannels(b, b.op('Mul', [slice, g])), b.int64([1])]);
  });
  return b.op('Reshape', [concat(b, sums, 1), b.int64(weight.shape as readonly number[])]);
}

const concat = (b: GraphBuilder, parts: readonly Value[], axis: number): Value =>
  parts.length === 1 ? (parts[0] as Value) : b.op('Concat', parts, { axis: int(axis) });

/**
 * A convolution whose channels are the examples: x [C/group, group·N, …] by g [M, N, …], strides and dilations
 * exchanged. What a stride left over at the end is cut off.
 */
function byConvolution(b: GraphBuilder, { node, x, g, weight, frame, group }: Windows): Value {
  const rank = x.shape.length;
  const swapped = ints([1, 0, ...range(rank - 2, 2)]);
  const image = group === 1 ? b.op('Transpose', [x], { perm: swapped }) : groupsOfExamples(b, node, x, group);
  const kernel = b.op('Transpose', [g], { perm: swapped });
  const [channels, units] = [weight.shape[1] as Dim, weight.shape[0] as Dim];
  const whole = b.op('Conv', [image, kernel], {
    strides: ints(frame.dilations),
    dilations: ints(frame.strides),
    pads: ints([...frame.begin, ...frame.end]),
    ...(group === 1 ? {} : { group: int(group) }),
  });
  const axes = range(rank - 2).filter((i) => whole.shape[i + 2] !== frame.kernel[i]);
  const cut =
    axes.length === 0
      ? whole
      : b.op(
          'Slice',
          [
            whole,
            b.int64(axes.map(() => 0)),
            b.int64(axes.map((i) => frame.kernel[i] as number)),
            b.int64(axes.map((i) => i + 2)),
          ],
          {},
          { shapes: [[channels, units, ...frame.kernel]] },
        );
  return b.op('Transpose', [cut], { perm: swapped });
}

/** [N, group·C', …] as [C', group·N, …]. */
function groupsOfExamples(b: GraphBuilder, node: Node, x: Value, group: number): Value {
  const [, channels, ...plane] = x.shape as [Dim, number, ...Dim[]];
  if (!isStatic(plane))
    throw new ThinnetError(
      `node "${node.name}" (${node.op}): the gradient of a weight in groups needs a plane of known size; "${x.name}" is ${showShape(x.shape)}`,
    );
  const inner = channels / group;
  const grouped = b.op('Reshape', [x, b.int64([-1, group, inner, ...plane])]);
  const turned = b.op('Transpose', [grouped], { perm: ints([2, 1, 0, ...range(plane.length, 3)]) });
  return b.op('Reshape', [turned, b.int64([inner, -1, ...plane])]);
}

/**
 * A matrix product for each row of the kernel: the padded x as [C, ...plane, N], its slices along the last axis stacked
 * to [k·C, …], and of that, for each offset on the other axes, a slice [k·C, windows·N] times g as [windows·N, M].
 */
function byProducts(b: GraphBuilder, { x, g, weight, frame }: Windows): Value {
  const axes = frame.kernel.length;
  const [units, channels] = weight.shape as [number, number];
  const windows = planeOf(g) as readonly number[];
  const padded = padPlane(b, b.op('Transpose', [x], { perm: ints([1, ...range(axes, 2), 0]) }), frame);
  const rows = b.op('Reshape', [
    b.op('Transpose', [g], { perm: ints([...range(axes, 2), 0, 1]) }),
    b.int64([-1, units]),
  ]);
  const taken = (from: Value, offsets: readonly (number | undefined)[]): Value => {
    const used = range(axes).filter((i) => offsets[i] !== undefined);
    const first = used.map((i) => (offsets[i] as number) * (frame.dilations[i] as number));
    const strides = used.map((i) => frame.strides[i] as number);
    const last = used.map(
      (i, j) => (first[j] as number) + (strides[j] as number) * ((windows[i] as number) - 1) + 1,
    );
    const steps = strides.every((s) => s === 1) ? [] : [b.int64(strides)];
    return b.op('Slice', [from, b.int64(first), b.int64(last), b.int64(used.map((i) => i + 1)), ...steps]);
  };
  const width = frame.kernel.at(-1) as number;
  const shifted = range(width).map((k) => taken(padded, [...Array<undefined>(axes - 1).fill(undefined), k]));
  const stacked = concat(b, shifted, 0);
  const products = offsetsOf(frame.kernel.slice(0, -1)).map((offsets) => {
    const part = offsets.length === 0 ? stacked : taken(stacked, [...offsets, undefined]);
    const columns = b.op('Reshape', [part, b.int64([width * channels, -1])]);
    return b.op('MatMul', [columns, rows], {}, { shapes: [[width * channels, units]] });
  });
  const all = concat(b, products, 0);
  const ordered = b.op('Reshape', [all, b.int64([...frame.kernel, channels, units])]);
  return b.op('Transpose', [ordered], { perm: ints([axes + 1, axes, ...range(axes)]) });
}

/** [C, ...plane, N] with the frame's padding. */
function padPlane(b: GraphBuilder, x: Value, { begin, end }: Frame): Value {
  if ([...begin, ...end].every((pad) => pad === 0)) return x;
  return b.op('Pad', [x, b.int64([0, ...begin, 0, 0, ...end, 0])]);
}

/** All offsets within a kernel, the last axis fastest. */
function offsetsOf(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (all, k) => all.flatMap((offsets) => range(k).map((o) => [...offsets, o])),
    [[]],
  );
}
