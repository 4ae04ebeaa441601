/** @file Arbitrary ONNX models for property tests. */
import fc from 'fast-check';
import { elementTypes } from '../onnx/element.js';
import type {
  Attribute,
  DataType,
  Graph,
  Model,
  Node,
  Tensor,
  TensorData,
  UnknownField,
  ValueInfo,
} from '../onnx/model.js';
import { MAX_IR_VERSION, MAX_OPSET } from '../onnx/version.js';

export const dataTypes: readonly DataType[] = [...(Object.keys(elementTypes) as DataType[]), 'string'];

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const dims = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });

/** Elements of a type from arbitrary bits, so that every NaN and every integer occurs. */
function dataOf(type: DataType, length: number): fc.Arbitrary<TensorData> {
  if (type === 'string') return fc.array(text, { minLength: length, maxLength: length });
  const { Holder } = elementTypes[type];
  const size = length * Holder.BYTES_PER_ELEMENT;
  return fc
    .uint8Array({ minLength: size, maxLength: size })
    .map((bits) => new Holder(bits.slice().buffer, 0, length));
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, dim) => size * dim, 1);

/** A field of a number and any wire type that no schema has. */
export const unknownField: fc.Arbitrary<UnknownField> = fc
  .record({
    number: fc.integer({ min: 1000, max: 2 ** 29 - 1 }),
    content: fc.oneof(
      fc.integer({ min: 0, max: 127 }).map((x) => ({ wireType: 0, bytes: Uint8Array.of(0x80 | x, x) })),
      fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => ({ wireType: 1, bytes })),
      fc
        .uint8Array({ maxLength: 127 })
        .map((bytes) => ({ wireType: 2, bytes: Uint8Array.of(bytes.length, ...bytes) })),
      fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => ({ wireType: 5, bytes })),
    ),
  })
  .map(({ number, content }) => ({ number, ...content }));

const unknowns = fc.array(unknownField, { minLength: 1, maxLength: 3 });
const doc = text;
const optional = { requiredKeys: [] as [] };
const extras = fc.record({ doc, unknown: unknowns }, optional);

export const tensor = (name: fc.Arbitrary<string>): fc.Arbitrary<Tensor> =>
  fc
    .record({
      name,
      type: fc.constantFrom(...dataTypes),
      dims,
      more: fc.record({ unknown: unknowns }, optional),
    })
    .chain(({ more, ...head }) =>
      dataOf(head.type, sizeOf(head.dims)).map((data) => ({ ...head, data, ...more })),
    );

const info = (name: string): fc.Arbitrary<ValueInfo> =>
  fc
    .record(
      {
        name: fc.constant(name),
        type: fc.constantFrom(...dataTypes),
        shape: fc.array(fc.oneof(fc.nat(), text), { maxLength: 4 }),
        unknown: unknowns,
      },
      { requiredKeys: ['name', 'type'] },
    )
    .map((value) => value as ValueInfo);

const integer = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n));
const float = fc.float();

function attribute(depth: number, outer: string): fc.Arbitrary<Attribute> {
  const value = fc.oneof(
    fc.record({ type: fc.constant('int'), value: integer }),
    fc.record({ type: fc.constant('ints'), value: fc.array(integer, { maxLength: 20 }) }),
    fc.record({ type: fc.constant('float'), value: float }),
    fc.record({ type: fc.constant('floats'), value: fc.array(float, { maxLength: 20 }) }),
    fc.record({ type: fc.constant('string'), value: text }),
    fc.record({ type: fc.constant('strings'), value: fc.array(text, { maxLength: 3 }) }),
    fc.record({ type: fc.constant('tensor'), value: tensor(text) }),
    ...(depth > 0
      ? [fc.record({ type: fc.constant('graph'), value: graph(depth - 1, `${outer}/`, [outer]) })]
      : []),
  );
  return fc
    .record({ value, more: fc.record({ unknown: unknowns }, optional) })
    .map(({ value, more }) => ({ ...value, ...more }) as Attribute);
}

/** Nodes in a chain, each taking what came before; names begin with `prefix`, and `visible` are those of outer graphs. */
function graph(depth: number, prefix: string, visible: readonly string[]): fc.Arbitrary<Graph> {
  return fc.integer({ min: 0, max: 3 }).chain((length) => {
    const values = Array.from({ length }, (_, i) => `${prefix}v${i}`);
    const nodes = values.map((name, i): fc.Arbitrary<Node> => {
      const known = [`${prefix}x`, `${prefix}w`, ...visible, ...values.slice(0, i)];
      return fc
        .record({
          name: text,
          op: fc.constantFrom('Add', 'Loop', 'Größe'),
          domain: fc.constantFrom('', 'test.domain'),
          inputs: fc.array(fc.constantFrom('', ...known), { maxLength: 3 }),
          outputs: fc.constantFrom([name], ['', name]),
          attributes: fc.dictionary(
            fc.string({ minLength: 1, maxLength: 6 }),
            attribute(depth, known.at(-1) as string),
            { maxKeys: 3, noNullPrototype: true },
          ),
          more: extras,
        })
        .map(({ more, ...node }) => ({ ...node, ...more }));
    });
    return fc
      .record({
        name: text,
        inputs: fc.tuple(info(`${prefix}x`)),
        outputs: fc.tuple(info(values.at(-1) ?? `${prefix}x`)),
        initializers: fc.tuple(tensor(fc.constant(`${prefix}w`))),
        nodes: fc.tuple(...nodes),
        values: fc.tuple(...values.map(info)),
        more: extras,
      })
      .map(({ more, ...rest }) => structuredClone({ ...rest, ...more })); // no null prototypes
  });
}

/** Valid models with every element type, every kind of attribute, subgraphs and unknown fields everywhere. */
export const model: fc.Arbitrary<Model> = fc
  .record({
    irVersion: fc.integer({ min: 3, max: MAX_IR_VERSION }),
    opsets: fc.record({ '': fc.integer({ min: 1, max: MAX_OPSET }), 'test.domain': fc.nat() }),
    producer: fc.record({ name: text, version: text }),
    graph: graph(2, '', []),
    metadata: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
    more: extras,
  })
  .map(({ more, ...rest }) => structuredClone({ ...rest, ...more })); // no null prototypes
