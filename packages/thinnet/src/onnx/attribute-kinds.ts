/** @file The kinds of attributes: their ONNX code, their field, and how the value is read and written. */
import { ThinnetError } from '../error.js';
import type { AttributeValue, Graph, Tensor } from './model.js';
import type { AttributeProto, GraphProto, TensorProto } from './schema.js';
import { readText, writeText } from './tensor.js';

type Kind = Exclude<AttributeValue['type'], 'opaque'>;
type ValueOf<K extends Kind> = Extract<AttributeValue, { type: K }>['value'];

/** Reads the messages inside attributes. */
export interface Readers {
  tensor(proto: TensorProto, what: string): Tensor;
  graph(proto: GraphProto, what: string): Graph;
}

/** Writes the messages inside attributes. */
export interface Writers {
  tensor(tensor: Tensor, what: string): TensorProto;
  graph(graph: Graph, what: string): GraphProto;
}

interface AttributeKind<K extends Kind> {
  /** Its number in AttributeProto.AttributeType. */
  readonly code: number;
  /** The one field of AttributeProto that holds the value. */
  readonly field: keyof AttributeProto;
  /** An absent field is the type's zero, as protobuf has it, except for messages: those give undefined. */
  read(proto: AttributeProto, what: string, readers: Readers): ValueOf<K> | undefined;
  write(value: ValueOf<K>, what: string, writers: Writers): AttributeProto;
}

/** An exact number where there is one. */
const integer = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;

function int64(value: number | bigint, what: string): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new ThinnetError(`${what} is ${value}; it has to be a whole number`);
  const wide = BigInt(value);
  if (BigInt.asIntN(64, wide) !== wide) throw new ThinnetError(`${what} is ${value}, beyond 64 bits`);
  return wide;
}

function float32(value: number, what: string): number {
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
    throw new ThinnetError(`${what} is ${value}, beyond float32`);
  return value;
}

export const attributeKinds: { readonly [K in Kind]: AttributeKind<K> } = {
  float: {
    code: 1,
    field: 'f',
    read: ({ f = 0 }) => f,
    write: (value, what) => ({ f: float32(value, what) }),
  },
  int: {
    code: 2,
    field: 'i',
    read: ({ i = 0n }) => integer(i),
    write: (value, what) => ({ i: int64(value, what) }),
  },
  string: {
    code: 3,
    field: 's',
    read: ({ s = new Uint8Array() }, what) => readText(s, what),
    write: (value, what) => ({ s: writeText(value, what) }),
  },
  tensor: {
    code: 4,
    field: 't',
    read: ({ t }, what, readers) => t && readers.tensor(t, what),
    write: (value, what, writers) => ({ t: writers.tensor(value, what) }),
  },
  graph: {
    code: 5,
    field: 'g',
    read: ({ g }, what, readers) => g && readers.graph(g, what),
    write: (value, what, writers) => ({ g: writers.graph(value, what) }),
  },
  floats: {
    code: 6,
    field: 'floats',
    read: ({ floats = new Float32Array() }) => Array.from(floats),
    write: (values, what) => ({
      floats: Float32Array.from(values, (value, i) => float32(value, `${what}[${i}]`)),
    }),
  },
  ints: {
    code: 7,
    field: 'ints',
    read: ({ ints = new BigInt64Array() }) => Array.from(ints, integer),
    write: (values, what) => ({
      ints: BigInt64Array.from(values, (value, i) => int64(value, `${what}[${i}]`)),
    }),
  },
  strings: {
    code: 8,
    field: 'strings',
    read: ({ strings = [] }, what) => strings.map((bytes, i) => readText(bytes, `${what}[${i}]`)),
    write: (values, what) => ({ strings: values.map((value, i) => writeText(value, `${what}[${i}]`)) }),
  },
};

const kinds = Object.keys(attributeKinds) as Kind[];
const byCode = new Map(kinds.map((kind) => [attributeKinds[kind].code, kind]));

/** The attribute's kind; files before IR version 2 name none and fill one field. Undefined for kinds that are not interpreted. */
export function kindOf(proto: AttributeProto): Kind | undefined {
  if (proto.type) return byCode.get(proto.type);
  return kinds.find((kind) => proto[attributeKinds[kind].field] !== undefined);
}
