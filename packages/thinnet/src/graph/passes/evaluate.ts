/** @file Evaluates cheap operators on constants, exactly as ONNX Runtime would: only correctly rounded operations are here. */
import { intOf } from '../../onnx/attribute.js';
import { typeOfCode } from '../../onnx/element.js';
import type { DataType, Node, TensorValue } from '../../onnx/model.js';
import { isStatic } from '../shape.js';
import { tensorOfElements, typedArray } from '../typed.js';
import type { ValueType } from '../types.js';
import { binary, unary } from './arithmetic.js';

/** These only give the elements another shape. */
const reshaping: ReadonlySet<string> = new Set(['Identity', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze']);

/** Element types that plain numbers hold exactly, integers as far as they are safe. */
const computable: ReadonlySet<DataType> = new Set(['float32', 'float64', 'int32', 'int64', 'uint8', 'bool']);
const integral: ReadonlySet<DataType> = new Set(['int32', 'int64', 'uint8']);

/** The value of a node's only output; undefined where it is not evaluated here. `output` is what inference says of it. */
export function evaluate(
  node: Node,
  inputs: readonly (TensorValue | undefined)[],
  output: ValueType,
): TensorValue | undefined {
  const { type, shape, elements } = output;
  if (!shape || !isStatic(shape) || !computable.has(type)) return undefined;
  // Shapes being computed: inference has done the work already.
  if (elements?.every((x) => Number.isSafeInteger(x))) return tensorOfElements(type, shape, elements);
  const operands = inputs.filter((x) => x !== undefined);
  const [first] = operands;
  if (
    first === undefined ||
    operands.length !== inputs.length ||
    inputs.some((x) => !computable.has((x as TensorValue).type))
  )
    return undefined;
  if (reshaping.has(node.op)) return { type, dims: shape, data: first.data };
  const compute = combine(node, operands, shape);
  const results = compute && safely(compute, type);
  return results && { type, dims: shape, data: typedArray(type, results) };
}

/** The results as numbers, or undefined where an integer type cannot hold them exactly. */
const safely = (results: readonly number[], type: DataType): readonly number[] | undefined =>
  !integral.has(type) ||
  results.every(
    (x) =>
      Number.isSafeInteger(x) &&
      (type === 'int64' || Math.abs(x) < 2 ** 31) &&
      (type !== 'uint8' || (x >= 0 && x < 256)),
  )
    ? results
    : undefined;

function combine(
  node: Node,
  operands: readonly TensorValue[],
  shape: readonly number[],
): readonly number[] | undefined {
  const [a, b] = operands.map(numbersOf);
  const [first] = operands as [TensorValue];
  if (!a) return undefined;
  const one = unary[node.op];
  if (one && operands.length === 1) return a.map(one);
  const two = binary[node.op];
  if (two && b && operands.length === 2) {
    const at = operands.map((x) => broadcastIndex(x.dims, shape));
    const length = shape.reduce((product, dim) => product * dim, 1);
    const division = node.op === 'Div' && integral.has(first.type);
    return Array.from({ length }, (_, i) => {
      const z = two(
        a[(at[0] as (i: number) => number)(i)] as number,
        b[(at[1] as (i: number) => number)(i)] as number,
      );
      return division ? Math.trunc(z) : z;
    });
  }
  if (node.op === 'Cast') return cast(a, first.type, node);
  if (node.op === 'Concat' && shape.length === 1) return operands.flatMap(numbersOf);
  if (node.op === 'Gather' && first.dims.length === 1 && intOf(node, 'axis', 0) === 0 && b) {
    const picked = b.map((i) => a.at(i));
    return picked.every((x) => x !== undefined) ? picked : undefined;
  }
  return undefined;
}

/** Between floats, from integers and booleans, and from floats that are whole; other casts depend on the machine. */
function cast(xs: readonly number[], from: DataType, node: Node): readonly number[] | undefined {
  if (!integral.has(from) && from !== 'bool' && integral.has(typeOfCode(intOf(node, 'to', 0)) as DataType))
    return xs.every(Number.isSafeInteger) ? xs : undefined;
  return xs;
}

/** Elements as numbers; NaN where an integer is too large, which no integer result then passes. */
const numbersOf = ({ data }: TensorValue): number[] =>
  Array.from(data as ArrayLike<number | bigint>, (x) =>
    typeof x === 'bigint' && !Number.isSafeInteger(Number(x)) ? Number.NaN : Number(x),
  );

/** From a flat index into `to` to the flat index into a tensor `from` that broadcasts to it. */
function broadcastIndex(from: readonly number[], to: readonly number[]): (i: number) => number {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = to.length - 1; axis >= 0; axis--) {
    const dim = from[axis - to.length + from.length] ?? 1;
    strides[axis] = dim === 1 ? 0 : stride;
    stride *= dim;
  }
  return (i) => {
    let [rest, flat] = [i, 0];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      flat += (rest % (to[axis] as number)) * (strides[axis] as number);
      rest = Math.floor(rest / (to[axis] as number));
    }
    return flat;
  };
}
