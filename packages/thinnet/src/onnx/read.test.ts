/** @file Files of all sorts: what is read, and what is said of those that are no ONNX. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { changed, changedGraph, witness, witnessed } from '../testing/onnx-witness.js';
import { type Graph, readModel, standardModel, writeModel } from './index.js';
import { attributeProto, graphProto, typeProto } from './schema.js';
import { asUnknown, decode, encode } from './wire.js';

const message = (bytes: Uint8Array): string => {
  try {
    readModel(bytes);
  } catch (error) {
    if (error instanceof ThinnetError) return error.message;
    throw error;
  }
  return '';
};

describe('readModel', () => {
  it('reads a file that the ONNX project wrote', () => {
    expect(readModel(witness)).toEqual(witnessed);
  });

  it('takes ai.onnx for the standard domain', () => {
    const bytes = changed(({ graph, ...proto }) => ({
      ...proto,
      graph: { ...graph, node: (graph?.node ?? []).map((node) => ({ ...node, domain: 'ai.onnx' })) },
      opsetImport: [{ domain: 'ai.onnx', version: 16n }],
    }));
    expect(readModel(bytes)).toEqual(witnessed);
  });

  it('infers the kind of attributes that name none, as before IR version 2', () => {
    const old = encode(attributeProto, { name: 'alpha', f: 0.25 }).concat();
    const bytes = changed(({ graph, ...proto }) => ({
      ...proto,
      graph: {
        ...graph,
        node: (graph?.node ?? []).map((node) => (node.name === 'act' ? { ...node, attribute: [old] } : node)),
      },
    }));
    expect(readModel(bytes)).toEqual(witnessed);
  });

  it('checks the model unless asked not to', () => {
    const bytes = changedGraph({ initializer: [] });
    expect(() => readModel(bytes)).toThrow('node "add" (Add) takes "b", which nothing produces');
    expect(readModel(bytes, { check: false }).graph.initializers).toEqual([]);
  });

  it('gets tensors in other files from `external`', () => {
    const initializer = [
      {
        name: 'b',
        dataType: 1,
        dims: BigInt64Array.of(2n),
        dataLocation: 1,
        externalData: [
          { key: 'location', value: 'tiny.bin' },
          { key: 'offset', value: '4' },
        ],
      },
    ];
    const file = new Uint8Array(Float32Array.of(0, 1.5, -2).buffer);
    const bytes = changedGraph({ initializer });
    expect(() => readModel(bytes)).toThrow(
      'initializer "b" is kept in the file "tiny.bin"; give readModel an `external`',
    );
    const model = readModel(bytes, { external: () => file });
    expect(model).toEqual(witnessed);
    expect(readModel(writeModel(model))).toEqual(witnessed);
  });
});

describe('readModel says of', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'the ONNX file is empty (0 bytes); write it again or get a fresh copy'],
    ['JSON', bytes('{"model": []}'), 'this is not an ONNX file: its 13 bytes look like JSON text'],
    [
      'a PNG',
      bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
      'this is not an ONNX file: its 16 bytes look like a PNG image',
    ],
    ['gzip', gzipSync(witness), 'look like gzip data; decompress it first'],
    [
      'a zip',
      bytes('PK\x03\x04\0\0'),
      'look like a zip archive, such as PyTorch (.pt), Keras (.keras) or NumPy (.npz) files; export the model to ONNX',
    ],
    [
      'a pickle',
      bytes('\x80\x02\x8a\nl\xfc'),
      'look like a Python pickle, such as PyTorch saved; export the model to ONNX',
    ],
    [
      'TensorFlow Lite',
      bytes('\x1c\0\0\0TFL3\x14\0'),
      'look like a TensorFlow Lite model; convert it to ONNX',
    ],
    [
      'safetensors',
      bytes('\x08\x01\0\0\0\0\0\0{"a":{}'),
      'look like a safetensors file; it holds weights without a graph',
    ],
    [
      'a Git LFS pointer',
      bytes('version https://git-lfs.github.com/spec/v1\n'),
      'look like a Git LFS pointer; fetch the real file with `git lfs pull`',
    ],
    ['text', bytes('Dear reader,\n'), 'look like plain text'],
    ['a page', bytes('<!doctype html>'), 'look like an XML or HTML page'],
    [
      'other bytes',
      Uint8Array.of(0xde, 0xad, 0xbe, 0xef),
      'this is not an ONNX file: its 4 bytes follow no format that is known here',
    ],
  ])('%s what it looks like', (_, file, expected) => {
    expect(message(file)).toContain(expected);
  });

  it('a truncated file how many bytes came and how many were expected', () => {
    expect(message(witness.subarray(0, 100))).toBe(
      'the ONNX file is truncated: 100 bytes came, at least 145 were expected; get a fresh copy',
    );
    expect(message(witness.subarray(0, 11))).toContain('holds no graph');
  });

  it('every cut of a file that something is missing', () => {
    for (let length = 0; length < 151; length++) expect(message(witness.subarray(0, length))).not.toBe('');
  });

  it.each<[string, Uint8Array, string]>([
    [
      'IR version',
      changed((proto) => ({ ...proto, irVersion: 14n })),
      "the model's IR version is 14; up to 13 is supported: export it for an older ONNX",
    ],
    [
      'opset',
      changed((proto) => ({ ...proto, opsetImport: [{ version: 27n }] })),
      "the model's opset is 27; up to 26 is supported: export it for an older opset",
    ],
  ])('a file with too new an %s what is supported', (_, file, expected) => {
    expect(message(file)).toBe(expected);
    expect(() => readModel(file, { check: false })).toThrow(expected);
  });

  const sequence = encode(typeProto, { unknown: [asUnknown(4, new Uint8Array())] }).concat();
  const complex = encode(typeProto, { tensorType: { elemType: 14 } }).concat();
  const two = [{ version: 16n }, { version: 17n }];
  it.each<[string, Uint8Array, string]>([
    [
      'sequences',
      changedGraph({ input: [{ name: 'x', type: sequence }] }),
      'the graph: input "x" is not typed as a tensor (a sequence, a map or nothing); only tensors are supported',
    ],
    [
      'complex numbers',
      changedGraph({ output: [{ name: 'y', type: complex }] }),
      'the graph: output "y" has the element type complex64, which is not supported; convert it to one of float32,',
    ],
    [
      'two opsets',
      changed((proto) => ({ ...proto, opsetImport: two })),
      'the ONNX file has two different opsets of the domain "": 16 and 17',
    ],
    [
      'no opset',
      changed((proto) => ({ ...proto, opsetImport: [] })),
      'the ONNX file names no opset; it may be truncated',
    ],
  ])('%s what is not supported', (_, file, expected) => {
    expect(message(file)).toContain(expected);
  });

  it('graphs nested without end that they are', () => {
    let graph = encode(graphProto, {}).concat();
    for (let depth = 0; depth < 5000; depth++) {
      const attribute = encode(attributeProto, { name: 'g', type: 5, g: decode(graphProto, graph) }).concat();
      graph = encode(graphProto, { node: [{ opType: 'If', attribute: [attribute] }] }).concat();
    }
    const nested = changed((proto) => ({ ...proto, graph: decode(graphProto, graph) }));
    expect(message(nested)).toBe(
      'the ONNX file nests more than 32 graphs, which is not supported; flatten it',
    );
  });
});

describe('writeModel', () => {
  const graph = witnessed.graph;
  it('checks the model unless asked not to', () => {
    const broken = standardModel({ ...graph, initializers: [] });
    expect(() => writeModel(broken)).toThrow('takes "b", which nothing produces');
    expect(readModel(writeModel(broken, { check: false }), { check: false }).graph.initializers).toEqual([]);
  });

  it.each<[string, Partial<Graph>, string]>([
    [
      'an integer that is none',
      { nodes: [{ ...graph.nodes[0]!, outputs: ['y'], attributes: { axis: { type: 'int', value: 0.5 } } }] },
      'node "add" (Add): attribute "axis" is 0.5; it has to be a whole number',
    ],
    [
      'an integer beyond 64 bits',
      {
        nodes: [
          {
            ...graph.nodes[0]!,
            outputs: ['y'],
            attributes: { axes: { type: 'ints', value: [0, 2n ** 63n] } },
          },
        ],
      },
      'attribute "axes"[1] is 9223372036854775808, beyond 64 bits',
    ],
    [
      'a float beyond float32',
      {
        nodes: [
          { ...graph.nodes[0]!, outputs: ['y'], attributes: { alpha: { type: 'float', value: 1e39 } } },
        ],
      },
      'attribute "alpha" is 1e+39, beyond float32',
    ],
    [
      'a negative axis length',
      { outputs: [{ name: 'y', type: 'float32', shape: [-1] }] },
      'the graph: output "y" has an axis of length -1; lengths are whole numbers of 0 or more',
    ],
  ])('refuses %s', (_, change, expected) => {
    expect(() => writeModel(standardModel({ ...graph, ...change }))).toThrow(expected);
  });
});
