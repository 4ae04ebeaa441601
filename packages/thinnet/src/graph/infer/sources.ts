/** @file Shape rules of operators that make tensors out of nothing or out of shapes: Constant, Shape, Range, … */
import { ThinnetError } from '../../error.js';
import { floatOf, intOf, intsOf } from '../../onnx/attribute.js';
import { codeOf, requireType, typeOfCode } from '../../onnx/element.js';
import type { Dim, TensorValue } from '../../onnx/model.js';
import { ceilDivideDims, maxDims, productOf, subtractDims } from '../dim.js';
import { inputOf, present, type Rules, rule, sameType, unknownDim } from './rule.js';

/** The elements of a small integer constant. */
export function integerElements({ type, data }: TensorValue): readonly number[] | undefined {
  if ((type !== 'int64' && type !== 'int32') || data.length > 256) return undefined;
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

const constant = rule(0, 0, ({ node: { attributes } }) => {
  const { value, value_float, value_floats, value_int, value_ints } = attributes;
  if (value?.type === 'tensor')
    return [{ type: value.value.type, shape: value.value.dims, elements: integerElements(value.value) }];
  if (value_float?.type === 'float') return [{ type: 'float32', shape: [] }];
  if (value_floats?.type === 'floats') return [{ type: 'float32', shape: [value_floats.value.length] }];
  if (value_int?.type === 'int') return [{ type: 'int64', shape: [], elements: [Number(value_int.value)] }];
  if (value_ints?.type === 'ints')
    return [{ type: 'int64', shape: [value_ints.value.length], elements: value_ints.value.map(Number) }];
  throw new ThinnetError(
    `a Constant with the attributes {${Object.keys(attributes).join(', ')}} is not supported; give "value"`,
  );
});

const shapeOf = rule(1, 1, ({ node, inputs: [x] }) => {
  const shape = (x as { shape: readonly Dim[] }).shape;
  const end = node.attributes.end === undefined ? shape.length : intOf(node, 'end', 0);
  const elements = shape.slice(intOf(node, 'start', 0), end);
  return [{ type: 'int64', shape: [elements.length], elements }];
});

const size = rule(1, 1, (context) => [
  { type: 'int64', shape: [], elements: [productOf(inputOf(context, 0).shape)] },
]);

const constantOfShape = rule(1, 1, (context) => {
  const { value } = context.node.attributes;
  const filler = value?.type === 'tensor' ? value.value : undefined;
  const shape = context.elementsOf(inputOf(context, 0));
  const fill = filler && integerElements(filler)?.[0];
  const length = shape === undefined ? undefined : productOf(shape);
  const elements =
    fill !== undefined && typeof length === 'number' && length <= 256
      ? Array<Dim>(length).fill(fill)
      : undefined;
  return [{ type: filler?.type ?? 'float32', shape, elements }];
});

const range = rule(3, 3, (context) => {
  const values = present(context);
  const type = sameType(values);
  const [start, limit, delta] = values.map(
    (x) => context.elementsOf(x)?.[0] ?? scalarOf(context.constantOf(x)),
  );
  if (start === undefined || limit === undefined || typeof delta !== 'number' || delta === 0)
    return [{ type, shape: [unknownDim(context, 0)] }];
  if (typeof start === 'number' && typeof limit === 'number') {
    const length = Math.max(0, Math.ceil((limit - start) / delta));
    const isShape = Number.isInteger(delta) && type.startsWith('int') && length <= 256;
    return [
      {
        type,
        shape: [length],
        elements: isShape ? Array.from({ length }, (_, i) => start + i * delta) : undefined,
      },
    ];
  }
  if (delta < 0 || !Number.isInteger(delta)) return [{ type, shape: [unknownDim(context, 0)] }];
  const span = subtractDims(limit, start);
  return [{ type, shape: [ceilDivideDims(start === 0 ? span : maxDims(span, 0), delta)] }];
});

const scalarOf = (tensor: TensorValue | undefined): number | undefined =>
  tensor?.data.length === 1 ? Number(tensor.data[0]) : undefined;

/** Random tensors; `dtype` and `shape` are attributes. */
const random = rule(0, 0, ({ node }) => [
  {
    type: requireType(intOf(node, 'dtype', codeOf('float32')), 'its attribute "dtype"'),
    shape: intsOf(node, 'shape'),
  },
]);

const randomLike = rule(1, 1, (context) => {
  const x = inputOf(context, 0);
  floatOf(context.node, 'seed', 0); // says so where it is no float
  return [{ type: typeOfCode(intOf(context.node, 'dtype', 0)) ?? x.type, shape: x.shape }];
});

export const sources: Rules = {
  Constant: constant,
  Shape: shapeOf,
  Size: size,
  ConstantOfShape: constantOfShape,
  Range: range,
  RandomNormal: random,
  RandomUniform: random,
  RandomNormalLike: randomLike,
  RandomUniformLike: randomLike,
  Bernoulli: randomLike,
};
