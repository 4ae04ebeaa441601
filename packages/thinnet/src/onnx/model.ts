/** @file ONNX models as plain, readonly data. Field names are ours, meanings are those of onnx.proto3. */

/** Element types that a tensor can have; `float16` and `bfloat16` hold their bits in a `Uint16Array`. */
export type DataType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string';

/** What a tensor's elements are stored in; `bool` is a byte an element. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | readonly string[];

/** A value: elements in row-major order. `data.length` equals the product of `dims`. */
export interface TensorValue {
  readonly type: DataType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** A named constant of a graph: a parameter or another initializer. */
export interface Tensor extends TensorValue {
  readonly name: string;
  readonly unknown?: readonly UnknownField[];
}

/** One axis of a shape: its length, or a symbol such as `N` that stands for one; '' where the file says nothing. */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** Name, element type and shape of a graph's input, output or inner value. */
export interface ValueInfo {
  readonly name: string;
  readonly type: DataType;
  /** Absent where the file leaves even the rank open. */
  readonly shape?: Shape;
  readonly unknown?: readonly UnknownField[];
  /**
   * The file's TypeProto where it says more than `type` and `shape` (denotations of axes, say). It is written again as
   * long as it agrees with the two; otherwise they count.
   */
  readonly encodedType?: Uint8Array;
}

/** An attribute of a node. Integers beyond ±(2^53 − 1) are bigints. */
export type Attribute = AttributeValue & { readonly unknown?: readonly UnknownField[] };

/** What an attribute says: its kind and its value. */
export type AttributeValue =
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'ints'; readonly value: readonly (number | bigint)[] }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'floats'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'tensor'; readonly value: Tensor }
  | { readonly type: 'graph'; readonly value: Graph }
  /** Any other kind (sparse tensors, types, lists of graphs, references), kept as the bytes of its AttributeProto. */
  | { readonly type: 'opaque'; readonly value: Uint8Array };

export type Attributes = Readonly<Record<string, Attribute>>;

/** One operator call. An omitted optional input or output is the empty string. */
export interface Node {
  readonly name: string;
  readonly op: string;
  /** '' is the standard domain, ai.onnx. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  readonly doc?: string;
  readonly unknown?: readonly UnknownField[];
}

/** Nodes in topological order between named inputs and outputs; initializers are its constants. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly Tensor[];
  readonly nodes: readonly Node[];
  /** Types and shapes of inner values, where known. */
  readonly values: readonly ValueInfo[];
  readonly doc?: string;
  readonly unknown?: readonly UnknownField[];
}

/** A whole model file. */
export interface Model {
  readonly irVersion: number;
  /** Version by domain; '' is ai.onnx. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: { readonly name: string; readonly version: string };
  readonly graph: Graph;
  readonly metadata: Readonly<Record<string, string>>;
  readonly doc?: string;
  readonly unknown?: readonly UnknownField[];
  /** Unknown fields within the entries of `opsets` and `metadata`, by their keys. */
  readonly entryUnknown?: {
    readonly opsets: Readonly<Record<string, readonly UnknownField[]>>;
    readonly metadata: Readonly<Record<string, readonly UnknownField[]>>;
  };
}

/** A field that this code does not interpret, kept so that a round trip loses nothing. */
export interface UnknownField {
  /** Field number in the format's schema. */
  readonly number: number;
  /** Protobuf wire type, 0 to 5. */
  readonly wireType: number;
  /** What follows the tag, exactly as in the file: a length-delimited field's length included. */
  readonly bytes: Uint8Array;
}
