/** @file Element types: their ONNX code, the typed array that holds them and the field that lists them. */
import { ThinnetError } from '../error.js';
import type { DataType, TensorData } from './model.js';

/** Every typed array that tensor data can be. */
export type NumericData = Exclude<TensorData, readonly string[]>;

export interface NumericArray {
  new (length: number): NumericData;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): NumericData;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
}

/** The fields of a TensorProto that list numbers one by one. */
export type ListField = 'floatData' | 'doubleData' | 'int32Data' | 'int64Data' | 'uint64Data';

export interface ElementType {
  /** Its number in TensorProto.DataType. */
  readonly code: number;
  readonly Holder: NumericArray;
  /** Where a file lists such elements when it has no raw_data. */
  readonly list: ListField;
}

const row = (code: number, Holder: unknown, list: ListField): ElementType => ({
  code,
  Holder: Holder as NumericArray,
  list,
});

/** Strings aside: they are byte strings in a field of their own. */
export const elementTypes: Readonly<Record<Exclude<DataType, 'string'>, ElementType>> = {
  float32: row(1, Float32Array, 'floatData'),
  uint8: row(2, Uint8Array, 'int32Data'),
  int8: row(3, Int8Array, 'int32Data'),
  uint16: row(4, Uint16Array, 'int32Data'),
  int16: row(5, Int16Array, 'int32Data'),
  int32: row(6, Int32Array, 'int32Data'),
  int64: row(7, BigInt64Array, 'int64Data'),
  bool: row(9, Uint8Array, 'int32Data'),
  float16: row(10, Uint16Array, 'int32Data'),
  float64: row(11, Float64Array, 'doubleData'),
  uint32: row(12, Uint32Array, 'uint64Data'),
  uint64: row(13, BigUint64Array, 'uint64Data'),
  bfloat16: row(16, Uint16Array, 'int32Data'),
};

/** The code of `string`. */
const STRING = 8;

/** ONNX's other element types, by code: named in errors. */
const unsupported: Readonly<Record<number, string>> = {
  14: 'complex64',
  15: 'complex128',
  17: 'float8e4m3fn',
  18: 'float8e4m3fnuz',
  19: 'float8e5m2',
  20: 'float8e5m2fnuz',
  21: 'uint4',
  22: 'int4',
  23: 'float4e2m1',
  24: 'float8e8m0',
  25: 'uint2',
  26: 'int2',
};

const byCode = new Map<number, DataType>(
  Object.entries(elementTypes).map(([type, { code }]) => [code, type as DataType]),
);
byCode.set(STRING, 'string');

/** Whether that is the name of an element type. */
export const isDataType = (type: string): type is DataType =>
  type === 'string' || Object.hasOwn(elementTypes, type);

export const codeOf = (type: DataType): number => (type === 'string' ? STRING : elementTypes[type].code);

/** The element type with that code, if it is one of ours. */
export const typeOfCode = (code: number): DataType | undefined => byCode.get(code);

/** As `typeOfCode`; `what` names the value in the error. */
export function requireType(code: number | undefined, what: string): DataType {
  const type = byCode.get(code ?? 0);
  if (type !== undefined) return type;
  if (!code) throw new ThinnetError(`${what} has no element type; the file is incomplete`);
  const name = unsupported[code] ?? `number ${code}`;
  const known = [...byCode.values()].join(', ');
  throw new ThinnetError(
    `${what} has the element type ${name}, which is not supported; convert it to one of ${known}`,
  );
}

/** Whether `data` is what elements of that type are held in. */
export function holds(type: DataType, data: TensorData): boolean {
  return type === 'string' ? Array.isArray(data) : data instanceof elementTypes[type].Holder;
}

/** What elements of that type are held in, for messages. */
export const holderOf = (type: DataType): string =>
  type === 'string' ? 'an array of strings' : `a ${elementTypes[type].Holder.name}`;

/** Whether gradients can flow through values of this type; parameters have one of them. */
export const isFloating = (type: DataType): boolean =>
  type === 'float32' || type === 'float64' || type === 'float16' || type === 'bfloat16';
