/** @file A small ONNX file from elsewhere, and ways to change it below the surface. */
import type { Model } from '../onnx/model.js';
import { type GraphProto, type ModelProto, modelProto } from '../onnx/schema.js';
import { decode, encode } from '../onnx/wire.js';

/** Written by the ONNX project's own Python package: y = LeakyRelu(x + b). */
export const witness = Buffer.from(
  '080812077769746e6573733a83010a130a01780a01621201731a0361646422034164640a270a01731201791a0361637422094c65616b79' +
    '52656c752a0f0a05616c706861150000803ea00101120474696e792a110802100122080000c03f000000c04201625a140a0178120f0a0d' +
    '080112090a0312014e0a02080262140a0179120f0a0d080112090a0312014e0a02080242040a00101072060a016b120176',
  'hex',
);

/** What the file says. */
export const witnessed: Model = {
  irVersion: 8,
  opsets: { '': 16 },
  producer: { name: 'witness', version: '' },
  graph: {
    name: 'tiny',
    inputs: [{ name: 'x', type: 'float32', shape: ['N', 2] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['N', 2] }],
    initializers: [{ name: 'b', type: 'float32', dims: [2], data: Float32Array.of(1.5, -2) }],
    nodes: [
      { name: 'add', op: 'Add', domain: '', inputs: ['x', 'b'], outputs: ['s'], attributes: {} },
      {
        name: 'act',
        op: 'LeakyRelu',
        domain: '',
        inputs: ['s'],
        outputs: ['y'],
        attributes: { alpha: { type: 'float', value: 0.25 } },
      },
    ],
    values: [],
  },
  metadata: { k: 'v' },
};

/** The witness, changed below the surface. */
export function changed(change: (proto: ModelProto) => ModelProto): Uint8Array {
  return encode(modelProto, change(decode(modelProto, witness))).concat();
}

/** The same with other fields in its graph. */
export const changedGraph = (change: GraphProto) =>
  changed((proto) => ({ ...proto, graph: { ...proto.graph, ...change } }));
