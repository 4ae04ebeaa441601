/** @file Shape rules of operators that work element by element. */
import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import { typeOfCode } from '../../onnx/element.js';
import type { DataType, Dim, Shape } from '../../onnx/model.js';
import { addDims, floorDivideDims, multiplyDims, subtractDims } from '../dim.js';
import { broadcastShapes } from '../shape.js';
import type { Value } from '../value.js';
import {
  each,
  type InferContext,
  inputOf,
  present,
  type Rules,
  requireType,
  rule,
  sameType,
} from './rule.js';

/** Same type, same shape as the first input. */
const unary = rule(1, 1, (context) => {
  const { type, shape } = inputOf(context, 0);
  return [{ type, shape }];
});

const broadcastAll = (values: readonly Value[]): Shape => values.map((x) => x.shape).reduce(broadcastShapes);

const numeric = (least: number, most: number) =>
  rule(least, most, (context) => {
    const values = present(context);
    return [{ type: sameType(values), shape: broadcastAll(values) }];
  });

/** Arithmetic that computes on shapes too, so that Shape → Mul → Reshape infers. */
const arithmetic = (compute: (a: Dim, b: Dim) => Dim | undefined) =>
  rule(2, 2, (context) => {
    const [a, b] = [inputOf(context, 0), inputOf(context, 1)];
    const shape = broadcastShapes(a.shape, b.shape);
    return [{ type: sameType([a, b]), shape, elements: pairwise(context, a, b, compute) }];
  });

function pairwise(
  context: InferContext,
  a: Value,
  b: Value,
  compute: (a: Dim, b: Dim) => Dim | undefined,
): readonly Dim[] | undefined {
  const [x, y] = [context.elementsOf(a), context.elementsOf(b)];
  if (!x || !y || (x.length !== y.length && x.length !== 1 && y.length !== 1)) return undefined;
  const results = Array.from({ length: x.length === 1 ? y.length : x.length }, (_, i) =>
    compute(x[x.length === 1 ? 0 : i] as Dim, y[y.length === 1 ? 0 : i] as Dim),
  );
  return results.every((z) => z !== undefined) ? results : undefined;
}

/** ONNX divides integers towards zero; lengths are not negative, so that a symbol's floor is the same. */
function divide(a: Dim, b: Dim): Dim | undefined {
  if (b === 0) return undefined;
  return typeof a === 'number' && typeof b === 'number' ? Math.trunc(a / b) : floorDivideDims(a, b);
}

/** Pow's exponent has its own type; the base's type is the result's. */
const power = rule(2, 2, (context) => {
  const [a, b] = [inputOf(context, 0), inputOf(context, 1)];
  return [{ type: a.type, shape: broadcastShapes(a.shape, b.shape) }];
});

const comparison = rule(2, 2, (context) => {
  const values = present(context);
  sameType(values);
  return [{ type: 'bool', shape: broadcastAll(values) }];
});

const logical = (count: number) =>
  rule(count, count, (context) => {
    const values = present(context);
    for (const value of values) requireType(value, 'bool');
    return [{ type: 'bool', shape: broadcastAll(values) }];
  });

const test = rule(1, 1, (context) => [{ type: 'bool', shape: inputOf(context, 0).shape }]);

const clip = rule(1, 3, (context) => {
  const values = present(context);
  for (const bound of values.slice(1))
    if (bound.shape.length > 0)
      throw new ThinnetError(`the bound "${bound.name}" has rank ${bound.shape.length}; it must be a scalar`);
  return [{ type: sameType(values), shape: inputOf(context, 0).shape }];
});

/** PRelu's slope broadcasts one way, to the input's shape. */
const prelu = rule(2, 2, (context) => {
  const [x, slope] = [inputOf(context, 0), inputOf(context, 1)];
  const shape = broadcastShapes(x.shape, slope.shape);
  if (shape.length !== x.shape.length || shape.some((dim, i) => dim !== x.shape[i]))
    throw new ThinnetError(`the slope "${slope.name}" would enlarge "${x.name}"`);
  return [{ type: sameType([x, slope]), shape }];
});

const where = rule(3, 3, (context) => {
  requireType(inputOf(context, 0), 'bool');
  const values = present(context);
  return [{ type: sameType(values.slice(1)), shape: broadcastAll(values) }];
});

const cast = rule(1, 1, (context) => {
  const to = intOf(context.node, 'to', 0);
  const type: DataType | undefined = typeOfCode(to);
  if (type === undefined)
    throw new ThinnetError(`attribute "to" is ${to}, which is no element type that Thinnet knows`);
  const x = inputOf(context, 0);
  return [
    {
      type,
      shape: x.shape,
      elements: type === 'int64' || type === 'int32' ? context.elementsOf(x) : undefined,
    },
  ];
});

const castLike = rule(2, 2, (context) => [
  { type: inputOf(context, 1).type, shape: inputOf(context, 0).shape },
]);

const identity = rule(1, 1, (context) => {
  const x = inputOf(context, 0);
  return [{ type: x.type, shape: x.shape, elements: context.elementsOf(x) }];
});

/** Softmax and its kin keep the shape; `CumSum` and `Trilu` take a parameter beside. */
export const elementwise: Rules = {
  ...each(
    'Neg Abs Sign Sqrt Reciprocal Exp Log Erf Sin Cos Tan Asin Acos Atan Sinh Cosh Asinh Acosh Atanh Floor Ceil Round BitwiseNot',
    unary,
  ),
  ...each(
    'Relu LeakyRelu ThresholdedRelu Elu Celu Selu Gelu Sigmoid HardSigmoid HardSwish Swish Mish Tanh Softplus Softsign Shrink',
    unary,
  ),
  ...each('Softmax LogSoftmax Hardmax LpNormalization MeanVarianceNormalization', unary),
  ...each('CumSum', rule(2, 2, unary.infer)),
  ...each('Trilu', rule(1, 2, unary.infer)),
  Add: arithmetic(addDims),
  Sub: arithmetic(subtractDims),
  Mul: arithmetic(multiplyDims),
  Div: arithmetic(divide),
  Mod: numeric(2, 2),
  Pow: power,
  ...each('Min Max Sum Mean', numeric(1, Infinity)),
  Clip: clip,
  PRelu: prelu,
  ...each('Equal Greater GreaterOrEqual Less LessOrEqual', comparison),
  ...each('And Or Xor', logical(2)),
  Not: logical(1),
  ...each('IsNaN IsInf', test),
  Where: where,
  Cast: cast,
  CastLike: castLike,
  Identity: identity,
};
