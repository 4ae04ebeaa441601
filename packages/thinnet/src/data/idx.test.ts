import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThinnetError } from '../error.js';
import type { IdxData } from './idx.js';
import { readIdx } from './idx.js';
import { datasetFromIdx } from './idx-dataset.js';

const kinds = {
  8: {
    size: 1,
    values: fc.integer({ min: 0, max: 255 }),
    write: (v: DataView, at: number, x: number) => v.setUint8(at, x),
  },
  9: {
    size: 1,
    values: fc.integer({ min: -128, max: 127 }),
    write: (v: DataView, at: number, x: number) => v.setInt8(at, x),
  },
  11: {
    size: 2,
    values: fc.integer({ min: -32768, max: 32767 }),
    write: (v: DataView, at: number, x: number) => v.setInt16(at, x),
  },
  12: { size: 4, values: fc.integer(), write: (v: DataView, at: number, x: number) => v.setInt32(at, x) },
  13: {
    size: 4,
    values: fc.float({ noNaN: true }),
    write: (v: DataView, at: number, x: number) => v.setFloat32(at, x),
  },
  14: {
    size: 8,
    values: fc.double({ noNaN: true }),
    write: (v: DataView, at: number, x: number) => v.setFloat64(at, x),
  },
};
type Code = keyof typeof kinds;
const codes = Object.keys(kinds).map(Number) as Code[];

function idxFile(code: Code, shape: readonly number[], values: readonly number[]): Uint8Array {
  const { size, write } = kinds[code];
  const view = new DataView(new ArrayBuffer(4 + 4 * shape.length + values.length * size));
  view.setUint8(2, code);
  view.setUint8(3, shape.length);
  shape.forEach((length, axis) => {
    view.setUint32(4 + 4 * axis, length);
  });
  values.forEach((value, i) => {
    write(view, 4 + 4 * shape.length + i * size, value);
  });
  return new Uint8Array(view.buffer);
}

const images = (count: number): Uint8Array =>
  idxFile(
    8,
    [count, 2, 2],
    Array.from({ length: count * 4 }, (_, i) => i % 256),
  );
const build = (labels: readonly number[], code: Code = 8, classes?: number) =>
  datasetFromIdx(
    readIdx(images(labels.length)),
    readIdx(idxFile(code, [labels.length], labels)),
    'toy',
    classes === undefined ? {} : { classes },
  );

describe('readIdx', () => {
  test('reads back every element type with its shape', () => {
    const files = fc
      .tuple(
        fc.constantFrom(...codes),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
      )
      .chain(([code, shape]) => {
        const length = shape.reduce((a, b) => a * b, 1);
        return fc.record({
          code: fc.constant(code),
          shape: fc.constant(shape),
          values: fc.array(kinds[code].values, { minLength: length, maxLength: length }),
        });
      });
    fc.assert(
      fc.property(files, ({ code, shape, values }) => {
        const array = readIdx(idxFile(code, shape, values));
        expect(array.shape).toEqual(shape);
        expect(Array.from<number>(array.data as IdxData & ArrayLike<number>)).toEqual(values);
      }),
    );
  });

  test('bytes are a view of the file, not a copy', () => {
    const file = images(3);
    expect(readIdx(file).data.buffer).toBe(file.buffer);
  });

  test('a file cut or lengthened anywhere is an error that says expected and found bytes', () => {
    const file = images(3);
    fc.assert(
      fc.property(fc.integer({ min: 16, max: file.length - 1 }), (length) => {
        expect(() => readIdx(file.subarray(0, length), 'f')).toThrow(
          `f: truncated: uint8 [3, 2, 2] has 28 bytes with its header, found ${length}; get the file again`,
        );
      }),
    );
    expect(() => readIdx(file.subarray(0, 9), 'f')).toThrow(
      'f: truncated: a header for 3 axes has 16 bytes, found 9',
    );
    expect(() => readIdx(new Uint8Array([...file, 0]), 'f')).toThrow(
      'f: too long: uint8 [3, 2, 2] has 28 bytes',
    );
  });

  test('another magic number is an error that shows it', () => {
    expect(() => readIdx(Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'f')).toThrow(
      'f: not an IDX file: it starts with 89 50 4e 47',
    );
    expect(() => readIdx(Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0), 'f')).toThrow('it starts with 00 00 0a 01');
    expect(() => readIdx(new Uint8Array(0), 'f')).toThrow('it starts with no bytes');
  });

  test('hostile bytes give an array of the stated size or a ThinnetError', () => {
    const hostile = fc.tuple(
      fc.constantFrom(8, 13, 14),
      fc.integer({ min: 0, max: 255 }),
      fc.uint8Array({ maxLength: 64 }),
    );
    fc.assert(
      fc.property(hostile, ([code, rank, rest]) => {
        try {
          const { shape, data } = readIdx(new Uint8Array([0, 0, code, rank, ...rest]));
          expect(data.length).toBe(shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(ThinnetError);
        }
      }),
    );
  });

  test('an axis of length 0 next to huge ones is an empty array', () => {
    expect(readIdx(idxFile(8, [0, 2 ** 32 - 1, 2 ** 32 - 1], [])).data.length).toBe(0);
  });
});

describe('datasetFromIdx', () => {
  test('keeps images as bytes and counts the classes', () => {
    const dataset = build([2, 0, 1]);
    expect(dataset).toMatchObject({ name: 'toy', length: 3, shape: [2, 2], classes: 3 });
    expect(dataset.features).toBeInstanceOf(Uint8Array);
    expect(Array.from(dataset.labels)).toEqual([2, 0, 1]);
    expect(dataset.features.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(dataset.labels.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('a test set takes the number of classes of its training set, and no label beyond', () => {
    expect(build([0, 1], 8, 10).classes).toBe(10);
    expect(() => build([0, 3], 8, 3)).toThrow(
      'toy: label of example 1 is 3; class numbers are integers from 0 to 2',
    );
  });

  test('negative, fractional and absurd labels are errors that name the example', () => {
    expect(() => build([0, -1], 9)).toThrow('toy: label of example 1 is -1');
    expect(() => build([0.5], 13)).toThrow('toy: label of example 0 is 0.5');
    expect(() => build([1e9], 12)).toThrow(
      'toy: label of example 0 is 1000000000; class numbers are integers from 0 to 65535',
    );
  });

  test('counts must agree and there must be an example', () => {
    const one = readIdx(idxFile(8, [1], [0]));
    expect(() => datasetFromIdx(readIdx(images(2)), one, 'toy')).toThrow(
      "toy: 2 examples but 1 labels; the two files don't belong together",
    );
    expect(() => build([])).toThrow('toy: no examples; at least 1 is needed');
    expect(() => datasetFromIdx(readIdx(idxFile(8, [1, 0], [])), one, 'toy')).toThrow(
      'toy: features [1, 0] are empty',
    );
    expect(() => datasetFromIdx(one, readIdx(idxFile(8, [1, 2], [0, 1])), 'toy')).toThrow(
      'of one-hot labels take the argmax',
    );
  });

  test('float64 features beyond float32 are an error, not Infinity', () => {
    const features = readIdx(idxFile(14, [1, 2], [1, 1e39]));
    expect(() => datasetFromIdx(features, readIdx(idxFile(8, [1], [0])), 'toy')).toThrow(
      'toy: example 0, number 1 is 1e+39, beyond float32',
    );
  });
});
