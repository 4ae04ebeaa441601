/** @file Typed arrays and constants by element type. */
import { ThinnetError } from '../error.js';
import type { DataType, Dim, Node, TensorData, TensorValue } from '../onnx/model.js';

type Numbers = Exclude<TensorData, readonly string[]>;

const makers: Readonly<Partial<Record<DataType, (xs: readonly number[]) => Numbers>>> = {
  float32: (xs) => Float32Array.from(xs),
  float64: (xs) => Float64Array.from(xs),
  int8: (xs) => Int8Array.from(xs),
  int16: (xs) => Int16Array.from(xs),
  int32: (xs) => Int32Array.from(xs),
  int64: (xs) => BigInt64Array.from(xs.map(BigInt)),
  uint8: (xs) => Uint8Array.from(xs),
  uint16: (xs) => Uint16Array.from(xs),
  uint32: (xs) => Uint32Array.from(xs),
  uint64: (xs) => BigUint64Array.from(xs.map(BigInt)),
  bool: (xs) => Uint8Array.from(xs, (x) => (x === 0 ? 0 : 1)),
};

/** A typed array of the element type, from plain numbers. */
export function typedArray(type: DataType, xs: readonly number[]): Numbers {
  const make = makers[type];
  if (!make) throw new ThinnetError(`no constants of type ${type} from plain numbers`);
  return make(xs);
}

/** The value of a Constant node, in whichever of ONNX's attributes it is written. */
export function constantValue({ op, attributes }: Node): TensorValue | undefined {
  if (op !== 'Constant') return undefined;
  const { value, value_float, value_floats, value_int, value_ints } = attributes;
  if (value?.type === 'tensor') return value.value;
  if (value_float?.type === 'float')
    return { type: 'float32', dims: [], data: Float32Array.of(value_float.value) };
  if (value_floats?.type === 'floats')
    return {
      type: 'float32',
      dims: [value_floats.value.length],
      data: Float32Array.from(value_floats.value),
    };
  if (value_int?.type === 'int')
    return { type: 'int64', dims: [], data: BigInt64Array.of(BigInt(value_int.value)) };
  if (value_ints?.type === 'ints')
    return {
      type: 'int64',
      dims: [value_ints.value.length],
      data: BigInt64Array.from(value_ints.value.map(BigInt)),
    };
  return undefined;
}

/** A tensor from known integer elements; undefined where one of them is symbolic. */
export function tensorOfElements(
  type: DataType,
  dims: readonly Dim[],
  elements: readonly Dim[],
): TensorValue | undefined {
  const known = (xs: readonly Dim[]): xs is readonly number[] => xs.every((x) => typeof x === 'number');
  return known(dims) && known(elements) ? { type, dims, data: typedArray(type, elements) } : undefined;
}

/** The same text for constants of one type, shape and content; 0 and −0 are two. */
export function contentKey(data: TensorData, type: DataType, dims: readonly number[]): string {
  const elements = Array.from(data as ArrayLike<unknown>, (x) =>
    Object.is(x, -0) ? '-0' : JSON.stringify(String(x)),
  );
  return `${type}[${dims.join()}]${elements.join()}`;
}
