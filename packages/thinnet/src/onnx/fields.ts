/** @file The kinds of protobuf fields that ONNX uses, for the tables in `schema.ts`. */
import { BinaryReader, type BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ThinnetError } from '../error.js';
import { copyToHost } from './endian.js';
import { decode, encode, type Field, type Message, type Wire } from './wire.js';

/** A scalar's wire type, and how one is read and written. */
interface Scalar<V> {
  readonly wireType: WireType;
  read(reader: BinaryReader): V;
  write(writer: BinaryWriter, value: V): unknown;
}

/** Half a surrogate pair has no UTF-8 form. */
const loneSurrogate = /\p{Surrogate}/u;

const scalars = {
  int32: { wireType: WireType.Varint, read: (r) => r.int32(), write: (w, x) => w.int32(x) } as Scalar<number>,
  int64: {
    wireType: WireType.Varint,
    read: (r) => BigInt(r.int64()),
    write: (w, x) => w.int64(x),
  } as Scalar<bigint>,
  uint64: {
    wireType: WireType.Varint,
    read: (r) => BigInt(r.uint64()),
    write: (w, x) => w.uint64(x),
  } as Scalar<bigint>,
  float: { wireType: WireType.Bit32, read: (r) => r.float(), write: (w, x) => w.float(x) } as Scalar<number>,
  double: {
    wireType: WireType.Bit64,
    read: (r) => r.double(),
    write: (w, x) => w.double(x),
  } as Scalar<number>,
  string: {
    wireType: WireType.LengthDelimited,
    read: (r) => r.string(true),
    write: (w, x) => {
      if (loneSurrogate.test(x))
        throw new ThinnetError(
          `the text ${JSON.stringify(x)} holds half a surrogate pair; ONNX texts are UTF-8`,
        );
      w.string(x);
    },
  } as Scalar<string>,
};

/** One scalar; the last occurrence counts. */
function single<V>(scalar: Scalar<V>) {
  return (number: number): Field<V> => ({
    number,
    accepts: (wireType) => wireType === scalar.wireType,
    read: (reader) => scalar.read(reader),
    write: (out, value) => {
      scalar.write(out.writer.tag(number, scalar.wireType), value);
    },
  });
}

export const int32 = single(scalars.int32);
export const int64 = single(scalars.int64);
export const float = single(scalars.float);
export const string = single(scalars.string);

/** A list that grows by one at each occurrence. */
function list<V>(
  number: number,
  read: (reader: BinaryReader) => V,
  write: (out: Parameters<Field<V>['write']>[0], value: V) => void,
): Field<readonly V[]> {
  return {
    number,
    accepts: (wireType) => wireType === WireType.LengthDelimited,
    read: (reader, _, before = []) => {
      (before as V[]).push(read(reader));
      return before;
    },
    write: (out, values) => {
      for (const value of values) {
        out.writer.tag(number, WireType.LengthDelimited);
        write(out, value);
      }
    },
  };
}

export const strings = (number: number) =>
  list(number, scalars.string.read, (out, value: string) => scalars.string.write(out.writer, value));
export const byteStrings = (number: number) =>
  list(
    number,
    (reader) => reader.bytes(),
    (out, value: Uint8Array) => out.bytes(value),
  );

/** A byte string, a view of the file's bytes; the last occurrence counts. */
export const bytes = (number: number): Field<Uint8Array> => ({
  number,
  accepts: (wireType) => wireType === WireType.LengthDelimited,
  read: (reader) => reader.bytes(),
  write: (out, value) => {
    out.writer.tag(number, WireType.LengthDelimited);
    out.bytes(value);
  },
});

/** A message left encoded; occurrences are joined, which is how protobuf merges messages. */
export const encoded = (number: number): Field<Uint8Array> => ({
  ...bytes(number),
  read: (reader, _, before) => {
    const value = reader.bytes();
    if (before === undefined) return value;
    const joined = new Uint8Array(before.length + value.length);
    joined.set(before);
    joined.set(value, before.length);
    return joined;
  },
});

/** A message within the message. */
export const message = <T extends Wire>(number: number, type: () => Message<T>): Field<T> => ({
  ...bytes(number),
  read: (reader, _, before, place) => decode(type(), reader.bytes(), place, before),
  write: (out, value) => {
    out.writer.tag(number, WireType.LengthDelimited);
    out.message(encode(type(), value));
  },
});

/** A list of messages. */
export const messages = <T extends Wire>(number: number, type: () => Message<T>): Field<readonly T[]> => ({
  number,
  accepts: (wireType) => wireType === WireType.LengthDelimited,
  read: (reader, _, before = [], place) => {
    const name = `${place.name}[${before.length}]`;
    (before as T[]).push(decode(type(), reader.bytes(), { ...place, name }));
    return before;
  },
  write: (out, values) => {
    for (const value of values) message(number, type).write(out, value);
  },
});

type Numbers = Float32Array | Float64Array | Int32Array | BigInt64Array | BigUint64Array;
type ElementOf<A extends Numbers> = A[number];
interface ArrayOf<A extends Numbers> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** Numbers in a list, packed or one a tag: both are read, `packed` says how they are written. */
function numbers<A extends Numbers>(scalar: Scalar<ElementOf<A>>, Type: ArrayOf<A>) {
  return (number: number, packed: 'packed' | 'unpacked' = 'unpacked'): Field<A> => ({
    number,
    accepts: (wireType) => wireType === scalar.wireType || wireType === WireType.LengthDelimited,
    read: (reader, wireType, before) => {
      if (wireType !== scalar.wireType) {
        const added = unpack(reader.bytes(), scalar, Type);
        if (before === undefined) return added;
        const joined = grow(before, added.length, Type);
        joined.set(added as never, before.length);
        return joined;
      }
      const joined = grow(before ?? new Type(0), 1, Type);
      joined[joined.length - 1] = scalar.read(reader) as never;
      return joined;
    },
    write: (out, values) => {
      if (packed === 'packed') {
        out.writer.tag(number, WireType.LengthDelimited).fork();
        for (const value of values) scalar.write(out.writer, value);
        out.writer.join();
      } else for (const value of values) scalar.write(out.writer.tag(number, scalar.wireType), value);
    },
  });
}

export const floats = numbers(scalars.float, Float32Array);
export const doubles = numbers(scalars.double, Float64Array);
export const int32s = numbers(scalars.int32, Int32Array);
export const int64s = numbers(scalars.int64, BigInt64Array);
export const uint64s = numbers(scalars.uint64, BigUint64Array);

function unpack<A extends Numbers>(bytes: Uint8Array, scalar: Scalar<ElementOf<A>>, Type: ArrayOf<A>): A {
  if (scalar.wireType !== WireType.Varint) return copyToHost(bytes, Type);
  const array = new Type(countVarints(bytes));
  const reader = new BinaryReader(bytes);
  for (let i = 0; i < array.length; i++) array[i] = scalar.read(reader) as never;
  if (reader.pos !== reader.len) throw new Error('a packed list ends within an element');
  return array;
}

/** A varint ends with the byte whose top bit is clear. */
function countVarints(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < 0x80) count++;
  return count;
}

/** `array`, longer by `more`. Its buffer doubles when full, so that growing one by one takes linear time. */
function grow<A extends Numbers>(array: A, more: number, Type: ArrayOf<A>): A {
  const length = array.length + more;
  if (array.buffer.byteLength >= length * Type.BYTES_PER_ELEMENT) return new Type(array.buffer, 0, length);
  const roomy = new Type(Math.max(8, 2 * length));
  roomy.set(array as never);
  return new Type(roomy.buffer, 0, length);
}
