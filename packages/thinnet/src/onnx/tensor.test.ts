/** @file Every place where a file can keep a tensor's elements gives the same tensor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataTypes, tensor } from '../testing/onnx.js';
import { codeOf, elementTypes } from './element.js';
import { swapBytes } from './endian.js';
import { externalReader } from './external.js';
import type { TensorData } from './model.js';
import { type TensorProto, tensorProto } from './schema.js';
import { checkTensor, readTensor, writeTensor } from './tensor.js';
import { decode, encode } from './wire.js';

const inline = externalReader(undefined);
const read = (proto: TensorProto) => readTensor(proto, 'tensor "w"', inline);
const numeric = Object.entries(elementTypes);

/** As an exporter that lists elements one by one writes it. */
function listed(type: string, data: Exclude<TensorData, readonly string[]>): TensorProto {
  const { list } = elementTypes[type as keyof typeof elementTypes];
  const wide = {
    floatData: Float32Array,
    doubleData: Float64Array,
    int32Data: Int32Array,
    int64Data: BigInt64Array,
    uint64Data: BigUint64Array,
  };
  const values = list === 'uint64Data' ? Array.from(data, BigInt) : Array.from(data as ArrayLike<unknown>);
  return { [list]: (wide[list] as unknown as { from(xs: unknown): unknown }).from(values) };
}

describe('readTensor', () => {
  it('gives what writeTensor took, for every element type', () => {
    fc.assert(
      fc.property(tensor(fc.string()), (original) => {
        const bytes = encode(tensorProto, writeTensor(original, 'w')).concat();
        expect(read(decode(tensorProto, bytes))).toEqual(original);
      }),
    );
  });

  it.each(numeric)('reads %s listed one by one as from raw data', (type, { code, Holder }) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (bits) => {
        const data = new Holder(bits.slice().buffer, 0, 24 / Holder.BYTES_PER_ELEMENT);
        if (type === 'float32' || type === 'float64')
          (data as Float32Array).forEach((x, i) => {
            if (Number.isNaN(x)) data[i] = Number.NaN;
          });
        const head = { dims: BigInt64Array.of(BigInt(data.length)), dataType: code };
        const bytes = encode(tensorProto, { ...head, ...listed(type, data) }).concat();
        expect(read(decode(tensorProto, bytes))).toEqual(
          read({ ...head, rawData: new Uint8Array(data.buffer) }),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('takes a view of aligned raw data, and a copy of misaligned raw data', () => {
    const memory = new Uint8Array(16);
    const at = (offset: number) =>
      read({ dims: BigInt64Array.of(2n), dataType: 1, rawData: memory.subarray(offset, offset + 8) })
        .data as Float32Array;
    expect(at(4).buffer).toBe(memory.buffer);
    expect(at(5).buffer).not.toBe(memory.buffer);
    memory.set([0, 0, 0x80, 0x3f], 5);
    expect([...at(5)]).toEqual([1, 0]);
  });

  it('reads a scalar, an empty tensor, and strings', () => {
    expect(read({ dataType: 1, floatData: Float32Array.of(2.5) })).toEqual({
      name: '',
      type: 'float32',
      dims: [],
      data: Float32Array.of(2.5),
    });
    expect(read({ dataType: 7, dims: BigInt64Array.of(0n, 3n) })).toEqual({
      name: '',
      type: 'int64',
      dims: [0, 3],
      data: new BigInt64Array(),
    });
    const stringData = ['', 'Größe'].map((text) => new TextEncoder().encode(text));
    expect(read({ dataType: 8, dims: BigInt64Array.of(2n), stringData }).data).toEqual(['', 'Größe']);
  });

  it('keeps what it does not use: a text, stale references to other files', () => {
    const externalData = [{ key: 'location', value: 'old.bin' }];
    const doc = { number: 12, wireType: 2, bytes: Uint8Array.of(1, 65) };
    const kept = read({ dataType: 9, rawData: Uint8Array.of(1), externalData, unknown: [doc] });
    const again = decode(tensorProto, encode(tensorProto, writeTensor(kept, 'w')).concat());
    expect(again.externalData).toEqual(externalData);
    expect(again.unknown).toEqual([doc]);
  });

  const two = BigInt64Array.of(2n);
  it.each<[string, TensorProto, string]>([
    [
      'too little data',
      { dataType: 1, dims: two, floatData: Float32Array.of(1) },
      'tensor "w" has the shape [2], 2 elements, but the file holds 1',
    ],
    ['no data', { dataType: 1, dims: two }, 'tensor "w" has the shape [2], 2 elements, but the file holds 0'],
    [
      'half an element',
      { dataType: 1, dims: two, rawData: new Uint8Array(7) },
      'tensor "w" holds 7 bytes, no whole number of elements of 4 bytes; the file is damaged',
    ],
    [
      'a negative length',
      { dataType: 1, dims: BigInt64Array.of(-1n) },
      'tensor "w" has the shape [-1]; lengths are whole numbers of 0 or more',
    ],
    [
      'data in two places',
      { dataType: 1, floatData: Float32Array.of(1), rawData: new Uint8Array(4) },
      'tensor "w" has its data in more than one place; the file is damaged',
    ],
    [
      'data of another type',
      { dataType: 1, int32Data: Int32Array.of(1) },
      'tensor "w" is of type float32, but its data is in a field for other types; the file is damaged',
    ],
    [
      'an element out of range',
      { dataType: 3, dims: two, int32Data: Int32Array.of(1, 128) },
      'tensor "w": element 1 is 128, outside int8; the file is damaged',
    ],
    [
      'an element type of another library',
      { dataType: 17 },
      `tensor "w" has the element type float8e4m3fn, which is not supported; convert it to one of ${dataTypes.filter((t) => t !== 'string').join(', ')}, string`,
    ],
    [
      'an element type from the future',
      { dataType: 99 },
      'tensor "w" has the element type number 99, which is not supported',
    ],
    ['no element type', {}, 'tensor "w" has no element type; the file is incomplete'],
    [
      'segments',
      { dataType: 1, segment: new Uint8Array(2) },
      'tensor "w" is stored in segments, which is not supported; save the model in one piece',
    ],
    [
      'strings that are not UTF-8',
      { dataType: 8, dims: BigInt64Array.of(1n), stringData: [Uint8Array.of(0xff)] },
      'tensor "w": element 0 is not UTF-8 text',
    ],
  ])('names the tensor and what is wrong: %s', (_, proto, message) => {
    expect(() => read(proto)).toThrow(message);
  });
});

describe('checkTensor', () => {
  it('accepts what fits and names what does not', () => {
    expect(() =>
      checkTensor({ type: 'float32', dims: [2, 3], data: new Float32Array(6) }, 'x'),
    ).not.toThrow();
    expect(() => checkTensor({ type: 'float32', dims: [2, 3], data: new Float32Array(5) }, 'x')).toThrow(
      'x has the shape [2, 3], 6 elements, but its data has 5',
    );
    expect(() => checkTensor({ type: 'bool', dims: [1], data: new Float32Array(1) }, 'x')).toThrow(
      'x is of type bool, whose data is a Uint8Array; it holds something else',
    );
    expect(() =>
      checkTensor({ type: 'float' as 'float32', dims: [], data: new Float32Array(1) }, 'x'),
    ).toThrow('x has the unknown element type "float"');
    expect(() => checkTensor({ type: 'int32', dims: [1.5], data: new Int32Array(1) }, 'x')).toThrow(
      'x has the shape [1.5]',
    );
  });
});

describe('tensors in other files', () => {
  const file = Uint8Array.from({ length: 24 }, (_, i) => i);
  const proto = (entries: Record<string, string>, dims = [2]): TensorProto => ({
    dataType: codeOf('int32'),
    dims: BigInt64Array.from(dims, BigInt),
    dataLocation: 1,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
  });
  const readFrom = (entries: Record<string, string>, dims?: number[]) =>
    readTensor(
      proto(entries, dims),
      'tensor "w"',
      externalReader((location) => {
        if (location !== 'data/w.bin') throw new Error(`no such file: ${location}`);
        return file;
      }),
    );

  it('are read at their offset, with or without a length', () => {
    const expected = Int32Array.of(0x07060504, 0x0b0a0908);
    expect(readFrom({ location: 'data/w.bin', offset: '4', length: '8' }).data).toEqual(expected);
    expect(readFrom({ location: 'data/w.bin', offset: '4' }).data).toEqual(expected);
    expect(readFrom({ location: 'data/w.bin' }, [6]).data).toHaveLength(6);
  });

  it('lose the reference, as the data is then in the model', () => {
    expect(readFrom({ location: 'data/w.bin' })).not.toHaveProperty('unknown');
  });

  it('ask for each file once', () => {
    const asked: string[] = [];
    const external = externalReader((location) => {
      asked.push(location);
      return file;
    });
    for (const offset of ['0', '8']) readTensor(proto({ location: 'w', offset }), 'w', external);
    expect(asked).toEqual(['w']);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'too short a file',
      { location: 'data/w.bin', offset: '20' },
      'tensor "w" lies in bytes 20 to 28 of "data/w.bin", which has only 24; get a fresh copy',
    ],
    [
      'another length',
      { location: 'data/w.bin', length: '4' },
      'tensor "w" takes 8 bytes, but the model says that "data/w.bin" holds 4',
    ],
    [
      'no number',
      { location: 'data/w.bin', offset: '-4' },
      'tensor "w" has the external offset "-4", which is no whole number; the file is damaged',
    ],
    [
      'a missing file',
      { location: 'gone' },
      'tensor "w" is kept in "gone", which could not be read: no such file: gone',
    ],
    [
      'no location',
      {},
      'tensor "w" is kept in another file, but the model does not say which; the file is damaged',
    ],
    [
      'a path upwards',
      { location: 'data/../../secret' },
      "outside the model's folder; move it there and correct the model",
    ],
    [
      'an absolute path',
      { location: '/etc/passwd' },
      'tensor "w" is kept in "/etc/passwd", outside the model\'s folder',
    ],
    ['a path on a drive', { location: 'C:secret' }, "outside the model's folder"],
  ])('name the tensor, the file and the remedy: %s', (_, entries, message) => {
    expect(() => readFrom(entries)).toThrow(message);
  });

  it('without a reader say which file and what to do', () => {
    expect(() => read(proto({ location: 'w.bin' }))).toThrow(
      'tensor "w" is kept in the file "w.bin"; give readModel an `external` that reads it, or save the model in one file',
    );
  });
});

describe('swapBytes', () => {
  it('turns little-endian elements into big-endian ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (xs) => {
        const bytes = new Uint8Array(Int32Array.from(xs).buffer);
        swapBytes(bytes, 4);
        const view = new DataView(bytes.buffer);
        expect(xs.map((_, i) => view.getInt32(4 * i, false))).toEqual(xs);
      }),
    );
  });
});
