/** @file Writes a model as the bytes of an ONNX file. */
import { ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { writeAttribute } from './attribute-codec.js';
import type { Writers } from './attribute-kinds.js';
import { checkModel } from './check.js';
import type { Graph, Model, Node } from './model.js';
import { type GraphProto, type ModelProto, modelProto, type NodeProto, valueInfo } from './schema.js';
import { writeTensor } from './tensor.js';
import { writeValueInfo } from './value-info.js';
import { encode } from './wire.js';

export interface WriteOptions {
  /** False leaves out `checkModel`; true unless given. */
  readonly check?: boolean;
}

const keys: KeysOf<WriteOptions> = { check: true };

const writers: Writers = { tensor: writeTensor, graph: writeGraph };

/**
 * The bytes of an ONNX file. Numbers are stored as raw data, little-endian; unknown fields follow the known ones.
 * Throws a `ThinnetError` where `checkModel` does, and where the file would exceed 2 GiB.
 */
export function writeModel(model: Model, options: WriteOptions = {}): Uint8Array {
  checkOptions('writeModel', options, keys);
  if (options.check ?? true) checkModel(model);
  return encode(modelProto, writeModelProto(model)).concat();
}

/** A text, where there is one. */
const text = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value ? { [key]: value } : {}) as { readonly [P in K]?: string };

function writeModelProto(model: Model): ModelProto {
  const { opsets, metadata } = model.entryUnknown ?? { opsets: {}, metadata: {} };
  return {
    irVersion: int64(model.irVersion, 'irVersion'),
    ...text('producerName', model.producer.name),
    ...text('producerVersion', model.producer.version),
    ...(model.doc !== undefined && { docString: model.doc }),
    graph: writeGraph(model.graph, 'the graph'),
    opsetImport: Object.entries(model.opsets).map(([domain, version]) => ({
      ...text('domain', domain),
      version: int64(version, `the opset of domain "${domain}"`),
      ...unknownOf(opsets, domain),
    })),
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({
      key,
      value,
      ...unknownOf(metadata, key),
    })),
    ...(model.unknown && { unknown: model.unknown }),
  };
}

function unknownOf<T>(
  entries: Readonly<Record<string, readonly T[]>>,
  key: string,
): { unknown?: readonly T[] } {
  const unknown = Object.hasOwn(entries, key) ? entries[key] : undefined;
  return unknown ? { unknown } : {};
}

function int64(value: number, what: string): bigint {
  if (!Number.isSafeInteger(value))
    throw new ThinnetError(`${what} is ${value}; it has to be a whole number`);
  return BigInt(value);
}

function writeGraph(graph: Graph, what: string): GraphProto {
  return {
    node: graph.nodes.map(writeNode),
    ...text('name', graph.name),
    initializer: graph.initializers.map((tensor) => writeTensor(tensor, `initializer "${tensor.name}"`)),
    ...(graph.doc !== undefined && { docString: graph.doc }),
    input: graph.inputs.map((info) => writeValueInfo(info, `${what}: input "${info.name}"`)),
    output: graph.outputs.map((info) => writeValueInfo(info, `${what}: output "${info.name}"`)),
    valueInfo: graph.values.map((info) =>
      encode(valueInfo, writeValueInfo(info, `${what}: value "${info.name}"`)).concat(),
    ),
    ...(graph.unknown && { unknown: graph.unknown }),
  };
}

function writeNode(node: Node): NodeProto {
  const owner = `node "${node.name}" (${node.op})`;
  return {
    input: node.inputs,
    output: node.outputs,
    ...text('name', node.name),
    opType: node.op,
    attribute: Object.entries(node.attributes).map(([name, attribute]) =>
      writeAttribute(name, attribute, owner, writers),
    ),
    ...(node.doc !== undefined && { docString: node.doc }),
    ...text('domain', node.domain),
    ...(node.unknown && { unknown: node.unknown }),
  };
}
