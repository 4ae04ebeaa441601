/**
 * @file The messages of an ONNX file: field numbers and types, as the ONNX project's onnx.proto defines them.
 * Fields that are missing here (functions, training_info, sparse_initializer, quantization_annotation, overload,
 * denotation, metadata_props of inner messages …) travel as unknown fields.
 */
import {
  byteStrings,
  bytes,
  doubles,
  encoded,
  float,
  floats,
  int32,
  int32s,
  int64,
  int64s,
  message,
  messages,
  string,
  strings,
  uint64s,
} from './fields.js';
import type { Message, Wire } from './wire.js';

export interface ModelProto extends Wire {
  readonly irVersion?: bigint;
  readonly producerName?: string;
  readonly producerVersion?: string;
  readonly docString?: string;
  readonly graph?: GraphProto;
  readonly opsetImport?: readonly OperatorSetIdProto[];
  readonly metadataProps?: readonly StringStringEntryProto[];
}

export interface OperatorSetIdProto extends Wire {
  readonly domain?: string;
  readonly version?: bigint;
}

export interface StringStringEntryProto extends Wire {
  readonly key?: string;
  readonly value?: string;
}

export interface GraphProto extends Wire {
  readonly node?: readonly NodeProto[];
  readonly name?: string;
  readonly initializer?: readonly TensorProto[];
  readonly docString?: string;
  readonly input?: readonly ValueInfoProto[];
  readonly output?: readonly ValueInfoProto[];
  /** ValueInfoProto messages, left encoded: those of no tensor are kept as they are. */
  readonly valueInfo?: readonly Uint8Array[];
}

export interface NodeProto extends Wire {
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly name?: string;
  readonly opType?: string;
  /** AttributeProto messages, left encoded: those of kinds that are not interpreted are kept as they are. */
  readonly attribute?: readonly Uint8Array[];
  readonly docString?: string;
  readonly domain?: string;
}

export interface AttributeProto extends Wire {
  readonly name?: string;
  readonly f?: number;
  readonly i?: bigint;
  readonly s?: Uint8Array;
  readonly t?: TensorProto;
  readonly g?: GraphProto;
  readonly floats?: Float32Array;
  readonly ints?: BigInt64Array;
  readonly strings?: readonly Uint8Array[];
  readonly type?: number;
}

export interface ValueInfoProto extends Wire {
  readonly name?: string;
  /** A TypeProto, left encoded. */
  readonly type?: Uint8Array;
}

export interface TypeProto extends Wire {
  readonly tensorType?: TensorTypeProto;
}

export interface TensorTypeProto extends Wire {
  readonly elemType?: number;
  readonly shape?: TensorShapeProto;
}

export interface TensorShapeProto extends Wire {
  readonly dim?: readonly DimensionProto[];
}

export interface DimensionProto extends Wire {
  readonly dimValue?: bigint;
  readonly dimParam?: string;
}

export interface TensorProto extends Wire {
  readonly dims?: BigInt64Array;
  readonly dataType?: number;
  /** A Segment, left encoded; tensors in segments are not supported. */
  readonly segment?: Uint8Array;
  readonly floatData?: Float32Array;
  readonly int32Data?: Int32Array;
  readonly stringData?: readonly Uint8Array[];
  readonly int64Data?: BigInt64Array;
  readonly name?: string;
  readonly rawData?: Uint8Array;
  readonly doubleData?: Float64Array;
  readonly uint64Data?: BigUint64Array;
  readonly externalData?: readonly StringStringEntryProto[];
  readonly dataLocation?: number;
}

/** Read only for its name: sparse initializers are kept, not interpreted. */
export interface SparseTensorProto extends Wire {
  readonly values?: TensorProto;
}

/** The number of ModelProto.ir_version. */
export const IR_VERSION_FIELD = 1;
/** The wire types of all fields that a ModelProto can have: versions are varints, the rest has a length. */
export const modelWireTypes: ReadonlyMap<number, number> = new Map([
  ...[IR_VERSION_FIELD, 5].map((number) => [number, 0] as const),
  ...[2, 3, 4, 6, 7, 8, 14, 20, 25, 26].map((number) => [number, 2] as const),
]);

/** GraphProto.sparse_initializer. */
export const SPARSE_INITIALIZER = 15;
/** GraphProto.value_info. */
export const VALUE_INFO = 13;
/** AttributeProto.ref_attr_name: the attribute takes its value from the function around it. */
export const REFERENCE = 21;

export const stringEntry: Message<StringStringEntryProto> = {
  name: 'entry',
  fields: { key: string(1), value: string(2) },
};

export const operatorSet: Message<OperatorSetIdProto> = {
  name: 'opset_import',
  fields: { domain: string(1), version: int64(2) },
};

export const dimension: Message<DimensionProto> = {
  name: 'dim',
  fields: { dimValue: int64(1), dimParam: string(2) },
};

export const tensorShape: Message<TensorShapeProto> = {
  name: 'shape',
  fields: { dim: messages(1, () => dimension) },
};

export const tensorType: Message<TensorTypeProto> = {
  name: 'tensor_type',
  fields: { elemType: int32(1), shape: message(2, () => tensorShape) },
};

export const typeProto: Message<TypeProto> = {
  name: 'type',
  fields: { tensorType: message(1, () => tensorType) },
};

export const valueInfo: Message<ValueInfoProto> = {
  name: 'value_info',
  fields: { name: string(1), type: encoded(2) },
};

export const tensorProto: Message<TensorProto> = {
  name: 'tensor',
  fields: {
    dims: int64s(1),
    dataType: int32(2),
    segment: encoded(3),
    floatData: floats(4, 'packed'),
    int32Data: int32s(5, 'packed'),
    stringData: byteStrings(6),
    int64Data: int64s(7, 'packed'),
    name: string(8),
    rawData: bytes(9),
    doubleData: doubles(10, 'packed'),
    uint64Data: uint64s(11, 'packed'),
    externalData: messages(13, () => stringEntry),
    dataLocation: int32(14),
  },
};

export const sparseTensor: Message<SparseTensorProto> = {
  name: 'sparse_tensor',
  fields: { values: message(1, () => tensorProto) },
};

export const attributeProto: Message<AttributeProto> = {
  name: 'attribute',
  fields: {
    name: string(1),
    f: float(2),
    i: int64(3),
    s: bytes(4),
    t: message(5, () => tensorProto),
    g: message(6, () => graphProto),
    floats: floats(7),
    ints: int64s(8),
    strings: byteStrings(9),
    type: int32(20),
  },
};

export const nodeProto: Message<NodeProto> = {
  name: 'node',
  fields: {
    input: strings(1),
    output: strings(2),
    name: string(3),
    opType: string(4),
    attribute: byteStrings(5),
    docString: string(6),
    domain: string(7),
  },
};

export const graphProto: Message<GraphProto> = {
  name: 'graph',
  fields: {
    node: messages(1, () => nodeProto),
    name: string(2),
    initializer: messages(5, () => tensorProto),
    docString: string(10),
    input: messages(11, () => valueInfo),
    output: messages(12, () => valueInfo),
    valueInfo: byteStrings(VALUE_INFO),
  },
};

export const modelProto: Message<ModelProto> = {
  name: 'model',
  fields: {
    irVersion: int64(IR_VERSION_FIELD),
    producerName: string(2),
    producerVersion: string(3),
    docString: string(6),
    graph: message(7, () => graphProto),
    opsetImport: messages(8, () => operatorSet),
    metadataProps: messages(14, () => stringEntry),
  },
};
