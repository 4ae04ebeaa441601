/** @file Gradients of normalisation. x̂ is what was normalised: mean 0, variance 1; r is 1 / √(variance + ε). */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { isStatic, normalizeAxis, sizeOf } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { float, floatOf, int, intOf } from '../../onnx/attribute.js';
import { arithmetic, scalar } from '../arithmetic.js';
import { sumTo } from '../broadcast.js';
import { cast } from '../cast.js';
import { flatPlane, perChannel, sumOfChannels } from '../channels.js';
import { gradientOfOutput, inputOf, perInput, type Rule, type RuleContext } from '../rule.js';
import { range, reshapeLike } from '../shapes.js';
import { countOver } from './reduce.js';

/** A gradient that arrives at a mean, a variance or another output beside the first is refused, not dropped. */
function onlyFirstOutput({ node, gradients }: RuleContext): void {
  const at = gradients.findIndex((gradient, i) => i > 0 && gradient !== undefined);
  if (at > 0)
    throw new ThinnetError(
      `node "${node.name}" (${node.op}): its output ${at} "${node.outputs[at]}" cannot be differentiated; only the first can`,
    );
}

interface Normalized {
  readonly xhat: Value;
  readonly r: Value;
}

/** x̂ and r over the axes from `axis` on: in one node where the lengths of those axes are known. */
function normalized(b: GraphBuilder, x: Value, axis: number, epsilon: number): Normalized {
  const inner = x.shape.slice(axis);
  if (isStatic(inner)) {
    const ones = b.op('Expand', [scalar(b, 1, x.type), b.int64(inner)]);
    const attributes = { axis: int(axis), epsilon: float(epsilon) };
    const [xhat, , r] = b.ops('LayerNormalization', [x, ones], attributes, { outputs: 3 });
    return { xhat: xhat as Value, r: cast(b, r as Value, x.type) };
  }
  const e = arithmetic(b);
  const mean = (v: Value) => meanFrom(b, v, axis);
  const centred = e.sub(x, mean(x));
  const r = e.of('Reciprocal', e.of('Sqrt', e.add(mean(e.mul(centred, centred)), epsilon)));
  return { xhat: e.mul(centred, r), r };
}

const meanFrom = (b: GraphBuilder, x: Value, axis: number): Value =>
  b.op('ReduceMean', [x, b.int64(range(x.shape.length - axis, axis))], { keepdims: int(1) });

/** r · (h − mean h − x̂ · mean(h·x̂)), h being what arrives at x̂. */
function throughNormalization(b: GraphBuilder, { xhat, r }: Normalized, h: Value, axis: number): Value {
  const e = arithmetic(b);
  const mean = (v: Value) => meanFrom(b, v, axis);
  return e.mul(r, e.sub(e.sub(h, mean(h)), e.mul(xhat, mean(e.mul(h, xhat)))));
}

const LayerNormalization: Rule = (context) => {
  onlyFirstOutput(context);
  const { b, node } = context;
  const [x, scale, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const e = arithmetic(b);
  const axis = normalizeAxis(intOf(node, 'axis', -1), x.shape.length);
  const found = normalized(b, x, axis, floatOf(node, 'epsilon', 1e-5));
  return perInput(
    context,
    () => throughNormalization(b, found, e.mul(g, scale), axis),
    () => sumTo(b, e.mul(g, found.xhat), scale.shape),
    () => sumTo(b, g, inputOf(context, 2).shape),
  );
};

/** Over each channel's plane, or over groups of channels and their plane; scale and bias go by channel. */
const inGroups =
  (groupsOf: (context: RuleContext) => number | undefined): Rule =>
  (context) => {
    const { b, node } = context;
    const [x, scale, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
    const e = arithmetic(b);
    const groups = groupsOf(context);
    const flat = (v: Value): Value => {
      if (groups === undefined) return flatPlane(b, v);
      const inner = v.shape.slice(1);
      return b.op('Reshape', [v, b.int64([0, groups, isStatic(inner) ? sizeOf(inner) / groups : -1])]);
    };
    const found = normalized(b, flat(x), 2, floatOf(node, 'epsilon', 1e-5));
    return perInput(
      context,
      () => {
        const h = flat(e.mul(g, perChannel(b, scale, x)));
        return reshapeLike(b, throughNormalization(b, found, h, 2), x);
      },
      () => sumOfChannels(b, e.mul(g, reshapeLike(b, found.xhat, x))),
      () => sumOfChannels(b, g),
    );
  };

/** With the running statistics: they are operands like the others. With those of the batch: x̂ depends on them. */
const BatchNormalization: Rule = (context) => {
  onlyFirstOutput(context);
  return (intOf(context.node, 'training_mode', 0) === 1 ? byBatch : byRunning)(context);
};

const byRunning: Rule = (context) => {
  const { b, node } = context;
  const [x, scale, mean, variance] = [0, 1, 3, 4].map((i) => inputOf(context, i)) as [
    Value,
    Value,
    Value,
    Value,
  ];
  const g = gradientOfOutput(context);
  const e = arithmetic(b);
  const r = e.of('Reciprocal', e.of('Sqrt', e.add(variance, floatOf(node, 'epsilon', 1e-5))));
  const factor = e.mul(scale, r);
  const deviation = () => sumOfChannels(b, e.mul(g, e.sub(x, perChannel(b, mean, x))));
  return perInput(
    context,
    () => e.mul(g, perChannel(b, factor, x)),
    () => e.mul(deviation(), r),
    () => sumOfChannels(b, g),
    () => e.of('Neg', e.mul(sumOfChannels(b, g), factor)),
    () => e.mul(deviation(), e.mul(e.mul(factor, e.mul(r, r)), -0.5)),
  );
};

/** scale · r · (g − mean g − x̂ · mean(g·x̂)), the means a channel over batch and plane; 0 to the running statistics. */
const byBatch: Rule = (context) => {
  const { b, node } = context;
  const [x, scale, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const e = arithmetic(b);
  const [mean, variance] = batchStatistics(context);
  const r = e.of('Reciprocal', e.of('Sqrt', e.add(variance, floatOf(node, 'epsilon', 1e-5))));
  const centred = e.sub(x, perChannel(b, mean, x));
  const [total, product] = [sumOfChannels(b, g), sumOfChannels(b, e.mul(g, centred))];
  const slope = e.mul(product, r);
  return perInput(
    context,
    () => {
      const count = countOver(b, x, [0, ...range(x.shape.length - 2, 2)]);
      const factor = e.mul(scale, r);
      const share = e.div(factor, count);
      const shift = e.mul(share, total);
      const bend = e.mul(share, e.mul(slope, r));
      const straight = e.sub(e.mul(g, perChannel(b, factor, x)), perChannel(b, shift, x));
      return e.sub(straight, e.mul(centred, perChannel(b, bend, x)));
    },
    () => slope,
    () => total,
  );
};

/** The batch's mean and (biased) variance, [C] each: with momentum 0 the node itself gives them. */
function batchStatistics(context: RuleContext): readonly [Value, Value] {
  const { b, node, outputs } = context;
  const [, mean, variance] = outputs;
  if (floatOf(node, 'momentum', 0.9) === 0 && mean && variance) return [mean, variance];
  const attributes = { training_mode: int(1), momentum: float(0) };
  const e = arithmetic(b);
  // The kernel writes over operands 3 and 4, whose values do not count: they get memory of their own.
  const [x, scale, bias, old, older] = range(5).map((i) => inputOf(context, i)) as [
    Value,
    Value,
    Value,
    Value,
    Value,
  ];
  const inputs = [x, scale, bias, e.sub(old, old), e.sub(older, older)];
  const [, ...found] = b.ops('BatchNormalization', inputs, attributes, { outputs: 3 });
  return found as [Value, Value];
}

export const normalize = {
  BatchNormalization,
  LayerNormalization,
  InstanceNormalization: inGroups(() => undefined),
  GroupNormalization: inGroups(({ node }) => intOf(node, 'num_groups', 1)),
} satisfies Record<string, Rule>;
