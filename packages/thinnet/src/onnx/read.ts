/** @file Reads the bytes of an ONNX file as a model. */

import { ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { readAttribute } from './attribute-codec.js';
import type { Readers } from './attribute-kinds.js';
import { checkModel, checkVersions } from './check.js';
import { externalReader, type ReadExternal } from './external.js';
import { requireOnnx } from './identify.js';
import type { Attribute, Graph, Model, Node, UnknownField, ValueInfo } from './model.js';
import { type GraphProto, type ModelProto, modelProto, type NodeProto, VALUE_INFO } from './schema.js';
import { domainOf } from './standard.js';
import { type ExternalBytes, readTensor } from './tensor.js';
import { readInnerValue, readValueInfo } from './value-info.js';
import { asUnknown, decode } from './wire.js';

export interface ReadOptions {
  /** Gives the bytes of a file in which the model keeps tensors, by its path relative to the model's own. */
  readonly external?: ReadExternal;
  /** False leaves out `checkModel` (versions are checked all the same); true unless given. */
  readonly check?: boolean;
}

const keys: KeysOf<ReadOptions> = { external: true, check: true };

/**
 * The model in an ONNX file. Large tensors may be views of `bytes`: leave those unchanged for as long as the model lives.
 *
 * Throws a `ThinnetError` where the bytes are not a whole ONNX file, are of a version that is not supported, keep tensors
 * in files that `external` does not supply, hold element types other than `DataType`, or fail `checkModel`.
 * What this code does not interpret (functions, sparse initializers, annotations, fields of a newer ONNX) is kept in the
 * `unknown` of its message and written again by `writeModel`.
 */
export function readModel(bytes: Uint8Array, options: ReadOptions = {}): Model {
  checkOptions('readModel', options, keys);
  requireOnnx(bytes);
  const proto = decode(modelProto, bytes);
  if (proto.graph === undefined)
    throw new ThinnetError('the ONNX file holds no graph; it may be truncated: get a fresh copy');
  const opsets = readOpsets(proto);
  if (Object.keys(opsets.values).length === 0)
    throw new ThinnetError(
      'the ONNX file names no opset; it may be truncated, or too old (IR version 2): get a newer copy',
    );
  checkVersions({ irVersion: Number(proto.irVersion ?? 0n), opsets: opsets.values });
  const readers = readersOf(externalReader(options.external), 0);
  const metadata = readEntries(
    proto.metadataProps ?? [],
    ({ key = '' }) => key,
    ({ value = '' }) => value,
    'metadata entries',
  );
  const entryUnknown = { opsets: opsets.unknown, metadata: metadata.unknown };
  const model: Model = {
    irVersion: Number(proto.irVersion),
    opsets: opsets.values,
    producer: { name: proto.producerName ?? '', version: proto.producerVersion ?? '' },
    graph: readGraph(proto.graph, 'the graph', readers),
    metadata: metadata.values,
    ...(proto.docString !== undefined && { doc: proto.docString }),
    ...(proto.unknown && { unknown: proto.unknown }),
    ...(Object.values(entryUnknown).some((entries) => Object.keys(entries).length > 0) && { entryUnknown }),
  };
  if (options.check ?? true) checkModel(model);
  return model;
}

/** Graphs in graphs, at most: about where protobuf's own limit of 100 messages lies. */
const MAX_DEPTH = 32;

function readersOf(external: ExternalBytes, depth: number): Readers {
  return {
    tensor: (tensor, what) => readTensor(tensor, what, external),
    graph: (graph, what) => {
      if (depth === MAX_DEPTH)
        throw new ThinnetError(
          `the ONNX file nests more than ${MAX_DEPTH} graphs, which is not supported; flatten it`,
        );
      return readGraph(graph, what, readersOf(external, depth + 1));
    },
  };
}

const readOpsets = (proto: ModelProto) =>
  readEntries(
    proto.opsetImport ?? [],
    ({ domain }) => domainOf(domain),
    ({ version = 0n }) => Number(version),
    'opsets of the domain',
  );

interface Entries<V> {
  readonly values: Readonly<Record<string, V>>;
  readonly unknown: Readonly<Record<string, readonly UnknownField[]>>;
}

/** A list of keyed messages as a record; a key may come twice with one value only. */
function readEntries<E extends { readonly unknown?: readonly UnknownField[] }, V>(
  entries: readonly E[],
  keyOf: (entry: E) => string,
  read: (entry: E) => V,
  what: string,
): Entries<V> {
  const values = new Map<string, V>();
  const unknown = new Map<string, readonly UnknownField[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const value = read(entry);
    if (values.has(key) && values.get(key) !== value)
      throw new ThinnetError(
        `the ONNX file has two different ${what} "${key}": ${values.get(key)} and ${value}`,
      );
    values.set(key, value);
    if (entry.unknown) unknown.set(key, [...(unknown.get(key) ?? []), ...entry.unknown]);
  }
  return { values: Object.fromEntries(values), unknown: Object.fromEntries(unknown) };
}

function readGraph(proto: GraphProto, what: string, readers: Readers): Graph {
  const values: ValueInfo[] = [];
  const unknown: UnknownField[] = [];
  for (const bytes of proto.valueInfo ?? []) {
    const value = readInnerValue(bytes);
    if (value) values.push(value);
    else unknown.push(asUnknown(VALUE_INFO, bytes));
  }
  unknown.push(...(proto.unknown ?? []));
  return {
    name: proto.name ?? '',
    inputs: (proto.input ?? []).map((info) => readValueInfo(info, `${what}: input "${info.name ?? ''}"`)),
    outputs: (proto.output ?? []).map((info) => readValueInfo(info, `${what}: output "${info.name ?? ''}"`)),
    initializers: (proto.initializer ?? []).map((tensor) =>
      readers.tensor(tensor, `initializer "${tensor.name ?? ''}"`),
    ),
    nodes: (proto.node ?? []).map((node) => readNode(node, readers)),
    values,
    ...(proto.docString !== undefined && { doc: proto.docString }),
    ...(unknown.length > 0 && { unknown }),
  };
}

function readNode(proto: NodeProto, readers: Readers): Node {
  const name = proto.name ?? '';
  const op = proto.opType ?? '';
  const owner = `node "${name}" (${op})`;
  const attributes = new Map<string, Attribute>();
  for (const bytes of proto.attribute ?? []) {
    const [key, attribute] = readAttribute(bytes, owner, readers);
    if (attributes.has(key))
      throw new ThinnetError(`${owner} has two attributes "${key}"; the file is damaged`);
    attributes.set(key, attribute);
  }
  return {
    name,
    op,
    domain: domainOf(proto.domain),
    inputs: proto.input ?? [],
    outputs: proto.output ?? [],
    attributes: Object.fromEntries(attributes),
    ...(proto.docString !== undefined && { doc: proto.docString }),
    ...(proto.unknown && { unknown: proto.unknown }),
  };
}
