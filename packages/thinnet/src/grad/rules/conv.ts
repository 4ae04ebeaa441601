/** @file Gradients of convolutions. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { sameShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int, intOf, ints } from '../../onnx/attribute.js';
import type { Dim } from '../../onnx/model.js';
import { sumOfChannels } from '../channels.js';
import { isDepthwise, weightGradient } from '../conv-weight.js';
import { gradientOfOutput, inputOf, perInput, type Rule, type RuleContext } from '../rule.js';
import { range } from '../shapes.js';
import {
  attributesOf,
  backTo,
  type Frame,
  frameOf,
  planeOf,
  staticPlane,
  transposedFrameOf,
} from '../window.js';

/** To x the transposed convolution of g, to the weight the products of x and g, to the bias Σ g. */
const Conv: Rule = (context) => {
  const { b, node } = context;
  const [x, weight, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const group = intOf(node, 'group', 1);
  const frame = frameOf(node, x, weight.shape.slice(2));
  return perInput(
    context,
    () => inputGradient(context, frame, group),
    () => weightGradient(b, { node, x, g, weight, frame, group }),
    () => sumOfChannels(b, g),
  );
};

/** From this many channels on, a convolution with the turned weight is faster than a ConvTranspose (docs/gradients.md). */
const wide = 16;

function inputGradient(context: RuleContext, frame: Frame, group: number): Value {
  const { b, node } = context;
  const [x, weight, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const plain = frame.strides.every((s) => s === 1);
  const lengths = plain ? planeOf(x) : staticPlane(node, x);
  const rests = frame.extents.map((extent, i) => [
    extent - 1 - (frame.begin[i] as number),
    extent - 1 - (frame.end[i] as number),
  ]) as [number, number][];
  const depthwise = isDepthwise(weight, group);
  const narrow = group > 1 ? !depthwise : (weight.shape[1] as number) < wide;
  if (!plain || narrow || rests.flat().some((rest) => rest < 0)) {
    const attributes = backTo(frame, lengths, planeOf(g), group);
    return b.op('ConvTranspose', [g, weight], attributes, { shapes: [x.shape] });
  }
  const pads = [...rests.map(([begin]) => begin), ...rests.map(([, end]) => end)];
  const attributes = { pads: ints(pads), dilations: ints(frame.dilations), group: int(group) };
  const flipped = turned(b, weight);
  const kernel = depthwise
    ? flipped
    : b.op('Transpose', [flipped], { perm: ints([1, 0, ...range(pads.length / 2, 2)]) });
  return b.op('Conv', [g, kernel], attributes, { shapes: [x.shape] });
}

/** The weight with its kernel turned round. */
function turned(b: GraphBuilder, weight: Value): Value {
  const axes = range(weight.shape.length - 2, 2);
  const each = (x: number) => b.int64(axes.map(() => x));
  const long = axes.filter((axis) => weight.shape[axis] !== 1);
  const bounds = [each(-1), each(-(2 ** 31)), b.int64(axes), each(-1)];
  return long.length === 0 ? weight : b.op('Slice', [weight, ...bounds], {}, { shapes: [weight.shape] });
}

/** To x the convolution of g; to the weight as Conv, x and g exchanged; to the bias Σ g. */
const ConvTranspose: Rule = (context) => {
  const { b, node } = context;
  const [x, weight, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const group = intOf(node, 'group', 1);
  const frame = transposedFrameOf(node, x, g, weight.shape.slice(2));
  return perInput(
    context,
    () => cropTo(b, b.op('Conv', [g, weight], attributesOf(frame, group)), x),
    () => weightGradient(b, { node, x: g, g: x, weight, frame, group }),
    () => sumOfChannels(b, g),
  );
};

/** Windows that fit into output_padding alone are not there in x. */
function cropTo(b: GraphBuilder, windows: Value, x: Value): Value {
  if (sameShape(windows.shape, x.shape)) return windows;
  const axes = range(x.shape.length - 2, 2);
  const ends = axes.map((axis) => x.shape[axis] as Dim);
  if (!ends.every((end) => typeof end === 'number'))
    throw new ThinnetError(
      `the gradient of a ConvTranspose over "${x.name}" [${x.shape.join(', ')}] needs a plane of known size`,
    );
  const bounds = [b.int64(axes.map(() => 0)), b.int64(ends), b.int64(axes)];
  return b.op('Slice', [windows, ...bounds], {}, { shapes: [x.shape] });
}

export const conv = { Conv, ConvTranspose } satisfies Record<string, Rule>;
