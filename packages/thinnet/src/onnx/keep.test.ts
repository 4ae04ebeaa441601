/** @file What is not interpreted goes through reading and writing unharmed. */
import { describe, expect, it } from 'vitest';
import { changed, changedGraph } from '../testing/onnx-witness.js';
import { type Graph, type Model, readModel, writeModel } from './index.js';
import {
  type AttributeProto,
  attributeProto,
  modelProto,
  type TypeProto,
  typeProto,
  valueInfo,
} from './schema.js';
import { asUnknown, decode, encode } from './wire.js';

describe('reading and writing keeps', () => {
  const attributes = (...protos: AttributeProto[]) =>
    changed(({ graph, ...proto }) => ({
      ...proto,
      graph: {
        ...graph,
        node: (graph?.node ?? []).map((node) => ({
          ...node,
          attribute: protos.map((a) => encode(attributeProto, a).concat()),
        })),
      },
    }));

  it.each<[string, AttributeProto]>([
    [
      'attributes of kinds that are not interpreted',
      { name: 'a', type: 13, unknown: [asUnknown(14, Uint8Array.of(8, 1))] },
    ],
    [
      'references to attributes of functions',
      { name: 'a', type: 1, unknown: [asUnknown(21, Uint8Array.of(65))] },
    ],
    ['strings that are bytes', { name: 'a', type: 3, s: Uint8Array.of(0xff, 0xfe) }],
  ])('%s, as they are', (_, proto) => {
    const bytes = attributes(proto);
    const model = readModel(bytes);
    expect(model.graph.nodes[0]?.attributes.a).toEqual({
      type: 'opaque',
      value: encode(attributeProto, proto).concat(),
    });
    expect(decode(modelProto, writeModel(model))).toEqual(
      decode(modelProto, writeModel(readModel(writeModel(model)))),
    );
    const node = decode(modelProto, writeModel(model)).graph?.node?.[0];
    expect(node?.attribute?.map((a) => decode(attributeProto, a))).toEqual([proto]);
  });

  it('what an attribute holds beside its value', () => {
    const model = readModel(attributes({ name: 'a', type: 2, i: 5n, f: 2.5 }));
    const again = decode(modelProto, writeModel(model)).graph?.node?.[0]?.attribute?.map((a) =>
      decode(attributeProto, a),
    );
    expect(model.graph.nodes[0]?.attributes.a).toMatchObject({ type: 'int', value: 5 });
    expect(again?.[0]).toEqual({ name: 'a', type: 2, i: 5n, f: 2.5 });
  });

  const denoted: TypeProto = {
    tensorType: {
      elemType: 1,
      shape: {
        dim: [{ dimParam: 'N', unknown: [asUnknown(3, Buffer.from('DATA_BATCH'))] }, { dimValue: 2n }],
      },
    },
    unknown: [asUnknown(6, Buffer.from('IMAGE'))],
  };

  it('denotations of types and axes for as long as the type stays', () => {
    const input = [{ name: 'x', type: encode(typeProto, denoted).concat() }];
    const model = readModel(changedGraph({ input }));
    const typeIn = (model: Model) =>
      decode(typeProto, decode(modelProto, writeModel(model)).graph?.input?.[0]?.type as Uint8Array);
    expect(typeIn(model)).toMatchObject(denoted);
    const [x] = model.graph.inputs;
    const reshaped: Graph = { ...model.graph, inputs: [{ ...x!, shape: [32, 2] }] };
    expect(typeIn({ ...model, graph: reshaped })).toEqual({
      tensorType: { elemType: 1, shape: { dim: [{ dimValue: 32n }, { dimValue: 2n }] } },
    });
  });

  it('inner values of other types than tensors, and of none', () => {
    const sequence = encode(typeProto, { unknown: [asUnknown(4, new Uint8Array())] }).concat();
    const values = [{ name: 's', type: sequence }, { name: 't' }].map((value) =>
      encode(valueInfo, value).concat(),
    );
    const model = readModel(changedGraph({ valueInfo: values }));
    expect(model.graph.values).toEqual([]);
    expect(decode(modelProto, writeModel(model)).graph?.valueInfo).toEqual(values);
  });

  it('unknown fields within opsets and metadata', () => {
    const unknown = [asUnknown(99, Uint8Array.of(1))];
    const bytes = changed((proto) => ({
      ...proto,
      opsetImport: [{ version: 16n, unknown }],
      metadataProps: [{ key: 'k', value: 'v', unknown }],
    }));
    const again = decode(modelProto, writeModel(readModel(bytes)));
    expect(again.opsetImport).toMatchObject([{ version: 16n, unknown }]);
    expect(again.metadataProps).toEqual([{ key: 'k', value: 'v', unknown }]);
  });

  it('functions, training information, sparse initializers and annotations', () => {
    const kept = [20, 25, 26].map((number) => asUnknown(number, Uint8Array.of(10, 1, number)));
    const inGraph = [14, 16].map((number) => asUnknown(number, Uint8Array.of(10, 1, number)));
    const bytes = changed(({ graph, ...proto }) => ({
      ...proto,
      unknown: kept,
      graph: { ...graph, unknown: inGraph },
    }));
    const again = decode(modelProto, writeModel(readModel(bytes)));
    expect(again.unknown).toEqual(kept);
    expect(again.graph?.unknown).toEqual(inGraph);
  });
});
