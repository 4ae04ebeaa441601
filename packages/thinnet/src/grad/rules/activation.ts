/** @file Gradients of activation functions. x is the input, out the result, g its gradient. */
import { floatOf, stringOf } from '../../onnx/attribute.js';
import { arithmetic, scalar } from '../arithmetic.js';
import { sumTo } from '../broadcast.js';
import { gradientOfOutput, inputOf, perInput, type Rule } from '../rule.js';
import { unary } from './elementwise.js';

/** Klambauer et al. 2017, appendix A; ONNX's defaults for Selu. */
const seluAlpha = 1.6732631921768188;
const seluGamma = 1.0507010221481323;

/** g where out > 0, else 0: nothing passes at 0. A selection, so that an infinite g is not multiplied by 0. */
const Relu = unary(({ e, g, out }) => e.where(e.greater(out, 0), g, 0));

const LeakyRelu = unary(({ e, g, x, node }) =>
  e.where(e.greater(x, 0), g, e.mul(g, floatOf(node, 'alpha', 0.01))),
);

/** For x ≤ 0 the slope α·eˣ is out + α: no exponential, and no overflow at large x. With α = 1 it is 1 + min(out, 0). */
const Elu = unary(({ b, e, g, x, out, node }) => {
  const alpha = floatOf(node, 'alpha', 1);
  if (alpha === 1) return e.mul(g, e.add(b.op('Clip', [out, undefined, scalar(b, 0, out.type)]), 1));
  return e.where(e.greater(x, 0), g, e.mul(g, e.add(out, alpha)));
});

const Selu = unary(({ e, g, x, out, node }) => {
  const gamma = floatOf(node, 'gamma', seluGamma);
  return e.mul(g, e.where(e.greater(x, 0), gamma, e.add(out, gamma * floatOf(node, 'alpha', seluAlpha))));
});

/** Hendrycks & Gimpel 2016: x·Φ(x), or its approximation by tanh. */
const Gelu: Rule = (context) =>
  (stringOf(context.node, 'approximate', 'none') === 'tanh' ? geluTanh : geluExact)(context);

/** Φ(x) + x·φ(x). */
const geluExact = unary(({ e, g, x }) => {
  const cdf = e.mul(e.add(e.of('Erf', e.mul(x, Math.SQRT1_2)), 1), 0.5);
  const density = e.mul(e.of('Exp', e.mul(e.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return e.mul(g, e.add(cdf, e.mul(x, density)));
});

/** With t = tanh(√(2/π)·(x + a·x³)): (1 + t + x·(1 − t²)·√(2/π)·(1 + 3a·x²)) / 2, a = 0.044715. */
const geluTanh = unary(({ e, g, x }) => {
  const a = 0.044715;
  const k = Math.sqrt(2 / Math.PI);
  const square = e.mul(x, x);
  const t = e.of('Tanh', e.mul(x, e.add(e.mul(square, k * a), k)));
  const inner = e.mul(x, e.add(e.mul(square, 3 * k * a), k));
  return e.mul(g, e.mul(e.add(e.add(t, 1), e.mul(inner, e.sub(1, e.mul(t, t)))), 0.5));
});

/** g·slope where x ≤ 0; to the slope what its elements multiplied. */
const PRelu: Rule = (context) => {
  const { b } = context;
  const e = arithmetic(b);
  const [x, slope, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const positive = e.greater(x, 0);
  return perInput(
    context,
    () => e.where(positive, g, e.mul(g, slope)),
    () => sumTo(b, e.where(positive, 0, e.mul(g, x)), slope.shape),
  );
};

/** α·g where 0 < out < 1. */
const HardSigmoid = unary(({ b, e, g, out, node }) =>
  e.where(b.op('And', [e.greater(out, 0), e.less(out, 1)]), e.mul(g, floatOf(node, 'alpha', 0.2)), 0),
);

/** x · hardSigmoid(x; 1/6): 0 below −3, g above 3, and (x/3 + ½)·g from −3 to 3. */
const HardSwish = unary(({ e, g, x }) =>
  e.where(e.less(x, -3), 0, e.where(e.greater(x, 3), g, e.mul(g, e.add(e.div(x, 3), 0.5)))),
);

/** out = x / (1 + |x|). */
const Softsign = unary(({ e, g, x }) => {
  const d = e.add(e.of('Abs', x), 1);
  return e.div(g, e.mul(d, d));
});

export const activation = {
  Relu,
  LeakyRelu,
  Elu,
  Selu,
  Gelu,
  PRelu,
  HardSigmoid,
  HardSwish,
  Softsign,
  Sigmoid: unary(({ e, g, out }) => e.mul(g, e.mul(out, e.sub(1, out)))),
  Tanh: unary(({ e, g, out }) => e.mul(g, e.sub(1, e.mul(out, out)))),
  Softplus: unary(({ e, g, x }) => e.mul(g, e.of('Sigmoid', x))),
} satisfies Record<string, Rule>;
