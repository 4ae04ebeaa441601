/** @file ONNX's numbers of element types (TensorProto.DataType), as the attribute `to` of Cast has them. */
import type { DataType } from '../../onnx/model.js';

/** Element types by their number. */
export const dataTypes: Readonly<Record<number, DataType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
};

/** The number of an element type. */
export const dataTypeNumber = (type: DataType): number =>
  Number(Object.entries(dataTypes).find(([, name]) => name === type)?.[0]);
