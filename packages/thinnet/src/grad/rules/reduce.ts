/** @file Gradients of reductions: what was summed spreads out again. */
import type { GraphBuilder } from '../../graph/builder.js';
import { normalizeAxis } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int, intOf, intsOf } from '../../onnx/attribute.js';
import { type Arithmetic, arithmetic, scalar } from '../arithmetic.js';
import { cast } from '../cast.js';
import { gradientOfOutput, inputOf, integersOf, type Rule, type RuleContext } from '../rule.js';
import { expandLike, lengthOf, range } from '../shapes.js';

/** The axes that a reduction runs over, ascending; all of them where none are given, none with `noop_with_empty_axes`. */
function reducedAxes(context: RuleContext): number[] {
  const rank = inputOf(context, 0).shape.length;
  const axes = integersOf(context, 1, 'axes') ?? intsOf(context.node, 'axes') ?? [];
  if (axes.length > 0) return axes.map((axis) => normalizeAxis(axis, rank)).sort((x, y) => x - y);
  return intOf(context.node, 'noop_with_empty_axes', 0) === 1 ? [] : range(rank);
}

/** `reduced` with the axes back that keepdims = 0 removed, as axes of length 1. */
function keepAxes(context: RuleContext, reduced: Value, axes: readonly number[]): Value {
  if (axes.length === 0 || intOf(context.node, 'keepdims', 1) === 1) return reduced;
  return context.b.op('Unsqueeze', [reduced, context.b.int64(axes)]);
}

const ReduceSum: Rule = (context) => {
  const kept = keepAxes(context, gradientOfOutput(context), reducedAxes(context));
  return [expandLike(context.b, kept, inputOf(context, 0))];
};

const ReduceMean: Rule = (context) => {
  const { b } = context;
  const [x, axes] = [inputOf(context, 0), reducedAxes(context)];
  const g = keepAxes(context, gradientOfOutput(context), axes);
  return [expandLike(b, arithmetic(b).div(g, countOver(b, x, axes)), x)];
};

/** How many elements of `x` the axes run over, as a value of its type. */
export function countOver(b: GraphBuilder, x: Value, axes: readonly number[]): Value {
  let known = 1;
  let symbolic: Value | undefined;
  for (const axis of axes) {
    const dim = x.shape[axis];
    if (typeof dim === 'number') known *= dim;
    else {
      const length = lengthOf(b, x, axis);
      symbolic = symbolic === undefined ? length : b.op('Mul', [symbolic, length]);
    }
  }
  if (symbolic === undefined) return scalar(b, known, x.type);
  const count = b.op('Squeeze', [cast(b, symbolic, x.type), b.int64([0])]);
  return known === 1 ? count : arithmetic(b).mul(count, known);
}

/** All elements that equal the extremum share its gradient equally, as in PyTorch's amax and amin. */
const extremum: Rule = (context) => {
  const { b } = context;
  const e = arithmetic(b);
  const [x, axes] = [inputOf(context, 0), reducedAxes(context)];
  const g = keepAxes(context, gradientOfOutput(context), axes);
  if (axes.length === 0) return [g];
  const hits = cast(b, e.equal(x, keepAxes(context, context.outputs[0] as Value, axes)), x.type);
  const count = b.op('ReduceSum', [hits, b.int64(axes)], { keepdims: int(1) });
  return [e.mul(hits, e.div(g, count))];
};

interface Reduction {
  readonly b: GraphBuilder;
  readonly e: Arithmetic;
  readonly x: Value;
  /** The result and its gradient, with the reduced axes as axes of length 1. */
  readonly out: Value;
  readonly g: Value;
  readonly axes: readonly number[];
}

/** A rule from a formula that broadcasts g and out over the reduced axes; with no axes x itself is reduced element by element. */
const reduction =
  (dx: (r: Reduction) => Value): Rule =>
  (context) => {
    const { b } = context;
    const [x, axes] = [inputOf(context, 0), reducedAxes(context)];
    const g = keepAxes(context, gradientOfOutput(context), axes);
    const out = keepAxes(context, context.outputs[0] as Value, axes);
    return [dx({ b, e: arithmetic(b), x, out, g, axes })];
  };

/** g · x / out, 0 where out is 0. */
const ReduceL2 = reduction(({ e, x, out, g }) => e.mul(x, e.where(e.equal(out, 0), 0, e.div(g, out))));

/** The product of the other elements: out / x, and where x is 0 the product of what is not, if it is the only 0. */
const ReduceProd = reduction(({ b, e, x, out, g, axes }) => {
  if (axes.length === 0) return g;
  const zero = e.equal(x, 0);
  const over = { keepdims: int(1) };
  const zeros = b.op('ReduceSum', [cast(b, zero, x.type), b.int64(axes)], over);
  const filled = e.where(zero, 1, x);
  const rest = b.op('ReduceProd', [filled, b.int64(axes)], over);
  const atZero = e.where(e.equal(zeros, 1), rest, 0);
  return e.mul(g, e.where(zero, atZero, e.div(out, filled)));
});

export const reduce = {
  ReduceSum,
  ReduceMean,
  ReduceMax: extremum,
  ReduceMin: extremum,
  ReduceProd,
  ReduceL1: reduction(({ e, x, g }) => e.mul(g, e.of('Sign', x))),
  ReduceL2,
  ReduceSumSquare: reduction(({ e, x, g }) => e.mul(e.add(g, g), x)),
  ReduceLogSum: reduction(({ b, e, x, out, g }) => expandLike(b, e.div(g, e.of('Exp', out)), x)),
  ReduceLogSumExp: reduction(({ e, x, out, g }) => e.mul(g, e.of('Exp', e.sub(x, out)))),
} satisfies Record<string, Rule>;
