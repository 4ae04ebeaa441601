/** @file The wire format: every legal spelling of a message is read, and nothing in it gets lost. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { unknownField } from '../testing/onnx.js';
import { attributeProto, graphProto, operatorSet, tensorProto, valueInfo } from './schema.js';
import { decode, encode } from './wire.js';

const int64s = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 30 });

describe('decode', () => {
  it('reads a list of integers packed, one by one, and both in turn', () => {
    fc.assert(
      fc.property(int64s, int64s, (packed, single) => {
        const writer = new BinaryWriter();
        writer.tag(8, WireType.LengthDelimited).fork();
        for (const x of packed) writer.int64(x);
        writer.join();
        for (const x of single) writer.tag(8, WireType.Varint).int64(x);
        expect(decode(attributeProto, writer.finish())).toEqual({
          ints: BigInt64Array.from([...packed, ...single]),
        });
      }),
    );
  });

  it('reads a list of floats packed, one by one, and both in turn', () => {
    fc.assert(
      fc.property(fc.float32Array(), fc.float32Array(), (single, packed) => {
        const writer = new BinaryWriter();
        for (const x of single) writer.tag(7, WireType.Bit32).float(x);
        writer.tag(7, WireType.LengthDelimited).fork();
        for (const x of packed) writer.float(x);
        writer.join();
        expect(decode(attributeProto, writer.finish())).toEqual({
          floats: Float32Array.from([...single, ...packed]),
        });
      }),
    );
  });

  it('merges messages that come in parts, and takes the last of several scalars', () => {
    const part = (name: string) => new BinaryWriter().tag(8, WireType.LengthDelimited).string(name).finish();
    const writer = new BinaryWriter();
    writer.tag(5, WireType.LengthDelimited).bytes(part('first'));
    writer.tag(5, WireType.LengthDelimited).bytes(encode(tensorProto, { dataType: 1 }).concat());
    writer.tag(5, WireType.LengthDelimited).bytes(part('second'));
    expect(decode(attributeProto, writer.finish())).toEqual({ t: { name: 'second', dataType: 1 } });
  });

  it('joins an encoded message that comes in parts', () => {
    const writer = new BinaryWriter();
    writer.tag(2, WireType.LengthDelimited).bytes(Uint8Array.of(1, 2));
    writer.tag(2, WireType.LengthDelimited).bytes(Uint8Array.of(3));
    expect(decode(valueInfo, writer.finish())).toEqual({ type: Uint8Array.of(1, 2, 3) });
  });

  it('keeps fields that no table names, in order and byte for byte', () => {
    fc.assert(
      fc.property(fc.array(unknownField, { minLength: 1 }), (unknown) => {
        const bytes = encode(operatorSet, { version: 3n, unknown }).concat();
        const record = decode(operatorSet, bytes);
        expect(record).toEqual({ version: 3n, unknown });
        expect(encode(operatorSet, record).concat()).toEqual(bytes);
      }),
    );
  });

  it('keeps groups, and known numbers of another wire type, as unknown fields', () => {
    const writer = new BinaryWriter();
    writer.tag(900, WireType.StartGroup).tag(1, WireType.Varint).uint32(300).tag(900, WireType.EndGroup);
    writer.tag(1, WireType.Bit32).fixed32(7);
    writer.tag(1, WireType.LengthDelimited).string('test');
    const bytes = writer.finish();
    const record = decode(operatorSet, bytes);
    expect(record.domain).toBe('test');
    expect(record.unknown?.map(({ number, wireType }) => [number, wireType])).toEqual([
      [900, WireType.StartGroup],
      [1, WireType.Bit32],
    ]);
    expect(decode(operatorSet, encode(operatorSet, record).concat())).toEqual(record);
  });

  it('says where a message is damaged', () => {
    const writer = new BinaryWriter();
    writer.tag(1, WireType.LengthDelimited).bytes(new Uint8Array());
    writer.tag(1, WireType.LengthDelimited).bytes(Uint8Array.of(0x22, 50, 65));
    expect(() => decode(graphProto, writer.finish())).toThrow(
      'the ONNX file is damaged at graph.node[1].opType (premature EOF); get a fresh copy',
    );
  });

  it('says so where a name is not UTF-8', () => {
    const bytes = new BinaryWriter().tag(2, WireType.LengthDelimited).bytes(Uint8Array.of(0xff)).finish();
    expect(() => decode(graphProto, bytes)).toThrow(/damaged at graph\.name/);
  });
});

describe('encode', () => {
  it('copies large byte strings whole, wherever they lie among small ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 6 }), (sizes) => {
        const initializer = sizes.map((size, i) => ({
          rawData: new Uint8Array(size).fill(i + 1),
          dataType: i,
        }));
        expect(decode(graphProto, encode(graphProto, { initializer, name: 'g' }).concat())).toEqual({
          ...(sizes.length > 0 && { initializer }),
          name: 'g',
        });
      }),
      { numRuns: 10 },
    );
  });

  it('refuses text without a UTF-8 form', () => {
    expect(() => encode(graphProto, { name: 'a\ud800' })).toThrow(ThinnetError);
  });
});
