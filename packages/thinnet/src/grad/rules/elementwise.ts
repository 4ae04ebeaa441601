/** @file Gradients of element-by-element arithmetic. x, y are the operands, out the result, g its gradient. */
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import type { Node } from '../../onnx/model.js';
import { type Arithmetic, arithmetic } from '../arithmetic.js';
import { sumTo } from '../broadcast.js';
import { cast } from '../cast.js';
import { gradientOfOutput, inputOf, perInput, type Rule, type RuleContext } from '../rule.js';

interface Unary {
  readonly b: GraphBuilder;
  readonly node: Node;
  readonly e: Arithmetic;
  readonly x: Value;
  readonly out: Value;
  readonly g: Value;
}

type Binary = Unary & { readonly y: Value };

const terms = (context: RuleContext): Unary => ({
  b: context.b,
  node: context.node,
  e: arithmetic(context.b),
  x: inputOf(context, 0),
  out: context.outputs[0] as Value,
  g: gradientOfOutput(context),
});

/** A rule for an operator of one operand, from the formula of its gradient. */
export const unary =
  (dx: (t: Unary) => Value): Rule =>
  (context) => [dx(terms(context))];

/** A rule for an operator of two operands that broadcast, from the formulas of its gradients before summing. */
const binary =
  (dx: (t: Binary) => Value, dy: (t: Binary) => Value): Rule =>
  (context) => {
    const t = { ...terms(context), y: inputOf(context, 1) };
    return perInput(
      context,
      () => sumTo(t.b, dx(t), t.x.shape),
      () => sumTo(t.b, dy(t), t.y.shape),
    );
  };

const Add = binary(
  ({ g }) => g,
  ({ g }) => g,
);

/** The sign is turned after summing, when there is less to turn. */
const Sub: Rule = (context) => {
  const { b, e, g, x } = terms(context);
  return perInput(
    context,
    () => sumTo(b, g, x.shape),
    () => e.of('Neg', sumTo(b, g, inputOf(context, 1).shape)),
  );
};

const Mul = binary(
  ({ e, g, y }) => e.mul(g, y),
  ({ e, g, x }) => e.mul(g, x),
);

const Div = binary(
  ({ e, g, y }) => e.div(g, y),
  ({ e, g, y, out }) => e.of('Neg', e.mul(e.div(g, y), out)),
);

/** ∂ xʸ / ∂x for the exponents that have a cheaper form than y · xʸ⁻¹. */
const powers: Readonly<Record<number, (t: Unary) => Value>> = {
  0: ({ e, g }) => e.mul(g, 0),
  1: ({ g }) => g,
  2: ({ e, g, x }) => e.mul(g, e.add(x, x)),
  3: ({ e, g, x }) => e.mul(g, e.mul(e.mul(x, x), 3)),
  0.5: ({ e, g, out }) => e.div(e.mul(g, 0.5), out),
  [-1]: ({ e, g, out }) => e.of('Neg', e.mul(g, e.mul(out, out))),
};

/** The gradient of the base is 0 where the exponent is 0; that of the exponent is 0 where the base is 0 and the exponent ≥ 0. */
const Pow = binary(
  (t) => {
    const { b, e, g, x, y } = t;
    const constant = b.constantOf(y);
    if (constant?.data.length === 1) {
      const exponent = Number(constant.data[0]);
      const special = powers[exponent];
      if (special) return special(t);
      return e.mul(g, e.mul(b.op('Pow', [x, exponentLike(t, exponent - 1)]), exponent));
    }
    const exponent = cast(b, y, x.type);
    const slope = e.mul(exponent, b.op('Pow', [x, e.sub(exponent, 1)]));
    return e.mul(g, e.where(e.equal(exponent, 0), 0, slope));
  },
  ({ b, e, g, x, y, out }) => {
    const flat = b.op('And', [e.equal(x, 0), b.op('Not', [e.less(y, 0)])]);
    return cast(b, e.mul(g, e.where(flat, 0, e.mul(out, e.of('Log', x)))), y.type);
  },
);

const exponentLike = ({ b, x }: Unary, exponent: number): Value => cast(b, b.scalar(exponent), x.type);

/** Every operand that equals the extremum takes the same share of the gradient, as in PyTorch's maximum. */
const extremum: Rule = (context) => {
  const { b, e, out, g } = terms(context);
  const hits = context.inputs.map((_, i) => cast(b, e.equal(inputOf(context, i), out), out.type));
  if (hits.length === 1) return [g];
  const count = hits.length === 2 ? b.op('Add', hits) : b.op('Sum', hits);
  const share = e.div(g, count);
  return hits.map((hit, i) =>
    context.needs[i] ? sumTo(b, e.mul(share, hit), inputOf(context, i).shape) : undefined,
  );
};

const Sum: Rule = (context) => {
  const g = gradientOfOutput(context);
  return context.inputs.map((_, i) =>
    context.needs[i] ? sumTo(context.b, g, inputOf(context, i).shape) : undefined,
  );
};

const Mean: Rule = (context) => {
  const { e, g } = terms(context);
  const share = e.div(g, context.inputs.length);
  return context.inputs.map((_, i) =>
    context.needs[i] ? sumTo(context.b, share, inputOf(context, i).shape) : undefined,
  );
};

/** The gradient passes at the bounds too; what they cut off goes to the bounds themselves. */
const Clip: Rule = (context) => {
  const { b, e, x, out, g } = terms(context);
  const cut = (beyond: (bound: Value) => Value, i: number) => () => {
    const bound = inputOf(context, i);
    return sumTo(b, e.where(beyond(bound), g, 0), bound.shape);
  };
  return perInput(
    context,
    () => e.where(e.equal(x, out), g, 0),
    cut((low) => b.op('And', [e.less(x, low), e.equal(out, low)]), 1),
    cut((high) => b.op('And', [b.op('Not', [e.equal(x, out)]), e.equal(out, high)]), 2),
  );
};

const Where: Rule = (context) => {
  const { b, e, x: condition, g } = terms(context);
  return perInput(
    context,
    () => condition,
    () => sumTo(b, e.where(condition, g, 0), inputOf(context, 1).shape),
    () => sumTo(b, e.where(condition, 0, g), inputOf(context, 2).shape),
  );
};

export const elementwise = {
  Add,
  Sub,
  Mul,
  Div,
  Pow,
  Min: extremum,
  Max: extremum,
  Sum,
  Mean,
  Clip,
  Where,
  Identity: unary(({ g }) => g),
  Cast: unary(({ b, g, x }) => cast(b, g, x.type)),
  Neg: unary(({ e, g }) => e.of('Neg', g)),
  Abs: unary(({ e, g, x }) => e.mul(g, e.of('Sign', x))),
  Sqrt: unary(({ e, g, out }) => e.div(e.mul(g, 0.5), out)),
  Reciprocal: unary(({ e, g, out }) => e.of('Neg', e.mul(g, e.mul(out, out)))),
  Exp: unary(({ e, g, out }) => e.mul(g, out)),
  Log: unary(({ e, g, x }) => e.div(g, x)),
  Sin: unary(({ e, g, x }) => e.mul(g, e.of('Cos', x))),
  Cos: unary(({ e, g, x }) => e.of('Neg', e.mul(g, e.of('Sin', x)))),
  Erf: unary(({ e, g, x }) => e.mul(g, e.mul(e.of('Exp', e.of('Neg', e.mul(x, x))), 2 / Math.sqrt(Math.PI)))),
} satisfies Record<string, Rule>;
