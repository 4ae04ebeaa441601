/** @file Tensors between their forms in an ONNX file and typed arrays. */
import { ThinnetError } from '../error.js';
import {
  codeOf,
  type ElementType,
  elementTypes,
  holderOf,
  holds,
  isDataType,
  type ListField,
  type NumericData,
  requireType,
} from './element.js';
import { littleEndianBytes, viewOnHost } from './endian.js';
import type { DataType, Tensor, TensorData, TensorValue } from './model.js';
import { type TensorProto, tensorProto } from './schema.js';
import { rest } from './wire.js';

/** Gives the bytes of a tensor that the file keeps elsewhere. `size` is how many it takes. */
export type ExternalBytes = (proto: TensorProto, what: string, size: number) => Uint8Array;

const dataFields = [
  'floatData',
  'int32Data',
  'stringData',
  'int64Data',
  'rawData',
  'doubleData',
  'uint64Data',
] as const;
const EXTERNAL = 1;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Number of elements; `what` names the tensor in errors. */
export function elementCount(dims: readonly number[], what: string): number {
  let count = 1;
  for (const dim of dims) {
    if (!Number.isSafeInteger(dim) || dim < 0)
      throw new ThinnetError(
        `${what} has the shape [${dims.join(', ')}]; lengths are whole numbers of 0 or more`,
      );
    count *= dim;
  }
  return count;
}

/** Throws unless type, dims and data agree; `what` names the tensor in errors. */
export function checkTensor({ type, dims, data }: TensorValue, what: string): void {
  if (!isDataType(type)) throw new ThinnetError(`${what} has the unknown element type "${String(type)}"`);
  if (!holds(type, data))
    throw new ThinnetError(
      `${what} is of type ${type}, whose data is ${holderOf(type)}; it holds something else`,
    );
  const count = elementCount(dims, what);
  if (data.length !== count)
    throw new ThinnetError(
      `${what} has the shape [${dims.join(', ')}], ${count} elements, but its data has ${data.length}`,
    );
}

/** Reads a TensorProto. Raw data is not copied where its alignment allows a view of the file's bytes. */
export function readTensor(proto: TensorProto, what: string, external: ExternalBytes): Tensor {
  const type = requireType(proto.dataType, what);
  if (proto.segment !== undefined)
    throw new ThinnetError(
      `${what} is stored in segments, which is not supported; save the model in one piece`,
    );
  const dims = Array.from(proto.dims ?? [], Number);
  const count = elementCount(dims, what);
  const outside = proto.dataLocation === EXTERNAL;
  const present = dataFields.filter((field) => (proto[field]?.length ?? 0) > 0);
  if (present.length + (outside ? 1 : 0) > 1)
    throw new ThinnetError(`${what} has its data in more than one place; the file is damaged`);
  const data = outside
    ? readExternal(proto, type, count, what, external)
    : readInline(proto, type, what, present[0]);
  if (data.length !== count)
    throw new ThinnetError(
      `${what} has the shape [${dims.join(', ')}], ${count} elements, but the file holds ${data.length}`,
    );
  const unknown = rest(tensorProto, proto, [
    'dims',
    'dataType',
    'name',
    ...dataFields,
    ...(outside ? (['externalData', 'dataLocation'] as const) : []),
  ]);
  return { name: proto.name ?? '', type, dims, data, ...(unknown.length > 0 && { unknown }) };
}

function readExternal(
  proto: TensorProto,
  type: DataType,
  count: number,
  what: string,
  external: ExternalBytes,
): TensorData {
  if (type === 'string')
    throw new ThinnetError(`${what} holds strings in an external file, which ONNX does not allow`);
  const { Holder } = elementTypes[type];
  return viewOnHost(external(proto, what, count * Holder.BYTES_PER_ELEMENT), Holder);
}

function readInline(
  proto: TensorProto,
  type: DataType,
  what: string,
  field: (typeof dataFields)[number] | undefined,
): TensorData {
  if (type === 'string') {
    if (field !== undefined && field !== 'stringData')
      throw new ThinnetError(`${what} holds strings, but its data is numbers; the file is damaged`);
    return (proto.stringData ?? []).map((bytes, i) => readText(bytes, `${what}: element ${i}`));
  }
  const element = elementTypes[type];
  if (field === undefined) return new element.Holder(0);
  if (field === 'rawData') return readRaw(proto.rawData as Uint8Array, element, what);
  if (field !== element.list)
    throw new ThinnetError(
      `${what} is of type ${type}, but its data is in a field for other types; the file is damaged`,
    );
  return readList(proto, element.list, type, element, what);
}

function readRaw(bytes: Uint8Array, { Holder }: ElementType, what: string): NumericData {
  const size = Holder.BYTES_PER_ELEMENT;
  if (bytes.length % size !== 0)
    throw new ThinnetError(
      `${what} holds ${bytes.length} bytes, no whole number of elements of ${size} bytes; the file is damaged`,
    );
  return viewOnHost(bytes, Holder);
}

/** Small integers share a field of wider ones. */
function readList(
  proto: TensorProto,
  field: ListField,
  type: DataType,
  { Holder }: ElementType,
  what: string,
): NumericData {
  const list = proto[field] as NumericData;
  if (list instanceof Holder) return list;
  const data = new Holder(list.length);
  for (let i = 0; i < list.length; i++) {
    const value = list[i] as number | bigint;
    data[i] = Number(value);
    if (BigInt(data[i] as number) !== BigInt(value))
      throw new ThinnetError(`${what}: element ${i} is ${value}, outside ${type}; the file is damaged`);
  }
  return data;
}

/** Text from UTF-8. */
export function readText(bytes: Uint8Array, what: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ThinnetError(`${what} is not UTF-8 text, which is all that is supported`);
  }
}

/** Text as UTF-8. */
export function writeText(text: string, what: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text))
    throw new ThinnetError(`${what} holds half a surrogate pair; ONNX texts are UTF-8`);
  return new TextEncoder().encode(text);
}

/** A TensorProto: numbers as raw_data, which is a view of the tensor's own memory. */
export function writeTensor(tensor: Tensor, what: string): TensorProto {
  checkTensor(tensor, what);
  const { name, type, dims, data, unknown } = tensor;
  const content =
    type === 'string'
      ? { stringData: (data as readonly string[]).map((text, i) => writeText(text, `${what}: element ${i}`)) }
      : { rawData: littleEndianBytes(data as NumericData) };
  return {
    dims: BigInt64Array.from(dims, BigInt),
    dataType: codeOf(type),
    ...(name !== '' && { name }),
    ...content,
    ...(unknown && { unknown }),
  };
}
