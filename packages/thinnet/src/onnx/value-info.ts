/** @file Names, types and shapes of values, between their ValueInfoProto and plain data. */
import { ThinnetError } from '../error.js';
import { codeOf, isDataType, requireType, typeOfCode } from './element.js';
import type { Dim, Shape, ValueInfo } from './model.js';
import { type DimensionProto, type TypeProto, typeProto, type ValueInfoProto, valueInfo } from './schema.js';
import { decode, encode } from './wire.js';

/** Reads the type of a graph's input or output, which has to be a tensor's. */
export function readValueInfo(proto: ValueInfoProto, what: string): ValueInfo {
  const type = proto.type && decode(typeProto, proto.type, { name: `${what}: type` });
  if (!type?.tensorType)
    throw new ThinnetError(
      `${what} is not typed as a tensor (a sequence, a map or nothing); only tensors are supported`,
    );
  requireType(type.tensorType.elemType, what);
  return describe(proto, type);
}

/** Reads an inner value's type; undefined where it is none that a `ValueInfo` can say. */
export function readInnerValue(bytes: Uint8Array): ValueInfo | undefined {
  const proto = decode(valueInfo, bytes);
  const type = proto.type && decode(typeProto, proto.type);
  if (!proto.name || typeOfCode(type?.tensorType?.elemType ?? 0) === undefined) return undefined;
  return describe(proto, type as TypeProto);
}

function describe(proto: ValueInfoProto, type: TypeProto): ValueInfo {
  const name = proto.name ?? '';
  const { shape } = type.tensorType ?? {};
  return {
    name,
    type: requireType(type.tensorType?.elemType, `value "${name}"`),
    ...(shape && { shape: (shape.dim ?? []).map((dim) => readDim(dim, name)) }),
    ...(proto.unknown && { unknown: proto.unknown }),
    ...(saysMore(type) && proto.type && { encodedType: proto.type }),
  };
}

/** A negative length stands for an open one in files of some old exporters. */
function readDim({ dimValue, dimParam }: DimensionProto, name: string): Dim {
  if (dimValue === undefined || dimValue < 0n) return dimParam ?? '';
  const length = Number(dimValue);
  if (!Number.isSafeInteger(length))
    throw new ThinnetError(`value "${name}" has an axis of length ${dimValue}; the file is damaged`);
  return length;
}

function saysMore({ unknown, tensorType }: TypeProto): boolean {
  const dims = tensorType?.shape?.dim ?? [];
  return [unknown, tensorType?.unknown, tensorType?.shape?.unknown, ...dims.map((dim) => dim.unknown)].some(
    (fields) => fields !== undefined,
  );
}

/** Writes a ValueInfoProto. */
export function writeValueInfo(info: ValueInfo, what: string): ValueInfoProto {
  if (!isDataType(info.type))
    throw new ThinnetError(`${what} has the unknown element type "${String(info.type)}"`);
  return {
    name: info.name,
    type: stillTrue(info) ?? encode(typeProto, writeType(info, what)).concat(),
    ...(info.unknown && { unknown: info.unknown }),
  };
}

/** The type as it was read, unless type or shape have changed since. */
function stillTrue(info: ValueInfo): Uint8Array | undefined {
  if (info.encodedType === undefined) return undefined;
  const before = describe({ name: info.name }, decode(typeProto, info.encodedType));
  return before.type === info.type && sameShape(before.shape, info.shape) ? info.encodedType : undefined;
}

const sameShape = (a: Shape | undefined, b: Shape | undefined): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && a.length === b.length && a.every((dim, i) => dim === b[i]));

function writeType({ type, shape }: ValueInfo, what: string): TypeProto {
  const dim = shape?.map((dim) => writeDim(dim, what));
  return { tensorType: { elemType: codeOf(type), ...(dim && { shape: { dim } }) } };
}

function writeDim(dim: Dim, what: string): DimensionProto {
  if (typeof dim === 'string') return dim === '' ? {} : { dimParam: dim };
  if (!Number.isSafeInteger(dim) || dim < 0)
    throw new ThinnetError(`${what} has an axis of length ${dim}; lengths are whole numbers of 0 or more`);
  return { dimValue: BigInt(dim) };
}
