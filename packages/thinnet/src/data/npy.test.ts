import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThinnetError } from '../error.js';
import { describePython, python } from '../testing/python.js';
import type { NumberArray } from './build.js';
import { readNpy } from './npy.js';
import { datasetFromNpy } from './npy-dataset.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

function npyFile(
  header: string,
  data: ArrayLike<number>,
  version: readonly [number, number] = [1, 0],
): Uint8Array {
  const text = new TextEncoder().encode(`${header}\n`);
  const length =
    version[0] === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return new Uint8Array([...MAGIC, ...version, ...length, ...text, ...Array.from(data)]);
}
const header = (descr: string, shape: string, order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
const numbers = (data: NumberArray): number[] => Array.from(data as ArrayLike<number | bigint>, Number);

describe('readNpy', () => {
  test('reads each version of the format', () => {
    for (const version of [
      [1, 0],
      [2, 0],
      [3, 0],
    ] as const)
      expect(readNpy(npyFile(header('|u1', '(2, 3)'), [1, 2, 3, 4, 5, 6], version))).toEqual({
        shape: [2, 3],
        data: Uint8Array.of(1, 2, 3, 4, 5, 6),
        dtype: 'u1',
      });
  });

  test('both byte orders, at any alignment, are the same numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { maxLength: 9 }), fc.nat(7), (values, pad) => {
        const order = (little: boolean): Uint8Array => {
          const view = new DataView(new ArrayBuffer(values.length * 4));
          values.forEach((value, i) => {
            view.setFloat32(4 * i, value, little);
          });
          return new Uint8Array(view.buffer);
        };
        const spaces = ' '.repeat(pad);
        const little = readNpy(npyFile(header('<f4', `(${values.length},)`) + spaces, order(true)));
        const big = readNpy(npyFile(header('>f4', `(${values.length},)`) + spaces, order(false)));
        expect(little.data).toEqual(Float32Array.from(values));
        expect(big.data).toEqual(little.data);
      }),
    );
  });

  test('reads the key order and spacing of any writer, and shapes of any rank', () => {
    const data = [7];
    const variants = [
      `{"shape":(1,1),"fortran_order":False,"descr":"|u1"}`,
      `{'shape': (1L, 1L), 'descr': '|u1', 'fortran_order': True}`,
    ];
    for (const text of variants) expect(readNpy(npyFile(text, data)).shape).toEqual([1, 1]);
    expect(readNpy(npyFile(header('|u1', '()'), data)).shape).toEqual([]);
  });

  test('what it cannot read is an error that says what would be read', () => {
    const cases: [string, string][] = [
      ['<c8', "f: element type '<c8' can't be read; save it as one of b1, u1"],
      ['|O', "f: element type '|O'"],
      ['<U5', "f: element type '<U5'"],
      ['<f2', "f: element type '<f2'"],
      ['|i4', "f: element type '|i4'"],
      ['<__proto__1', "f: element type '<__proto__1'"],
    ];
    for (const [descr, message] of cases)
      expect(() => readNpy(npyFile(header(descr, '(1,)'), [0]), 'f')).toThrow(message);
    expect(() => readNpy(npyFile(header('|u1', '(1,)'), [0], [4, 0]), 'f')).toThrow(
      'f: NPY version 4.0; versions 1.0, 2.0 and 3.0',
    );
    expect(() => readNpy(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'f')).toThrow(
      'f: not an NPY file: it starts with 50 4b 03 04 00 00',
    );
    expect(() => readNpy(npyFile("{'descr': '|u1'}", [0]), 'f')).toThrow(
      "f: NPY header is \"{'descr': '|u1'}\"; expected the like of",
    );
    expect(() =>
      readNpy(npyFile(`{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}`, [0]), 'f'),
    ).toThrow('NPY header is');
    expect(() => readNpy(npyFile(header('|u1', '(-1,)'), [0]), 'f')).toThrow('NPY header is');
  });

  test('missing and extra bytes are errors that say expected and found', () => {
    const short = npyFile(header('<f4', '(2, 3)'), new Array<number>(23).fill(0));
    expect(() => readNpy(short, 'f')).toThrow(
      "f: truncated: '<f4' [2, 3] has 24 bytes after its header, found 23",
    );
    expect(() => readNpy(npyFile(header('|u1', '(1,)'), [1, 2]), 'f')).toThrow(
      "f: too long: '|u1' [1] has 1 bytes",
    );
    for (let length = 6; length < 60; length++)
      expect(() => readNpy(short.subarray(0, length), 'f')).toThrow('f: truncated');
  });

  test('hostile headers end in a ThinnetError, or give as many elements as the shape says', () => {
    const part = fc.constantFrom(
      '{',
      '}',
      "'descr'",
      ':',
      "'<f4'",
      '(',
      ')',
      ',',
      '9',
      '0',
      'True',
      ' ',
      "'shape'",
      '99999999999999999999',
      '\0',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 16 }), (hostile, data) => {
        for (const file of [npyFile(hostile, data), npyFile(header('<f4', `(${hostile})`), data)]) {
          try {
            const array = readNpy(file);
            expect(array.data.length).toBe(array.shape.reduce((a, b) => a * b, 1));
          } catch (error) {
            expect(error).toBeInstanceOf(ThinnetError);
          }
        }
      }),
    );
  });

  test('a shape of numbers without commas, or of a long run of spaces or digits, is an error', () => {
    for (const shape of ['(1 1)', '(,)', '(1,,1)', `(${' '.repeat(60_000)}x)`, `(${'1'.repeat(60_000)}x)`])
      expect(() => readNpy(npyFile(header('|u1', shape), [0]), 'f')).toThrow('f: NPY header is');
  });
});

describe('datasetFromNpy', () => {
  const u1 = (shape: number[], ...data: number[]) => ({
    shape,
    data: Uint8Array.from(data),
    dtype: 'u1' as const,
  });

  test('integers are class numbers, [n] or [n, 1]; floats are targets', () => {
    const x = u1([2, 3], 1, 2, 3, 4, 5, 6);
    const i8 = { shape: [2, 1], data: BigInt64Array.of(1n, 0n), dtype: 'i8' as const };
    expect(datasetFromNpy(x, i8, 'toy')).toMatchObject({
      length: 2,
      shape: [3],
      classes: 2,
      labels: Int32Array.of(1, 0),
    });
    const f8 = { shape: [2, 2], data: Float64Array.of(0.5, 1, 2, 3), dtype: 'f8' as const };
    expect(datasetFromNpy(x, f8, 'toy')).toMatchObject({ classes: 0, labels: Float32Array.of(0.5, 1, 2, 3) });
    expect(datasetFromNpy(x, i8, 'toy', { task: 'regression' })).toMatchObject({
      classes: 0,
      labels: Float32Array.of(1, 0),
    });
  });

  test('labels that are no class numbers are errors', () => {
    const x = u1([2, 1], 1, 2);
    expect(() =>
      datasetFromNpy(x, { shape: [2], data: BigInt64Array.of(0n, -4n), dtype: 'i8' }, 'toy'),
    ).toThrow('label of example 1 is -4');
    expect(() =>
      datasetFromNpy(x, { shape: [2, 2], data: Int32Array.of(0, 1, 1, 0), dtype: 'i4' }, 'toy'),
    ).toThrow('one-hot');
    expect(() =>
      datasetFromNpy(x, { shape: [2], data: Float32Array.of(0, 1.5), dtype: 'f4' }, 'toy', {
        task: 'classification',
      }),
    ).toThrow('label of example 1 is 1.5');
    expect(() => datasetFromNpy(x, u1([], 1), 'toy')).toThrow('found a single number');
  });
});

describePython(['numpy'], 'files that NumPy saved', () => {
  test('every element type, byte order, memory order and rank comes back as the same numbers', () => {
    const files = python(
      `
import io, json, base64, sys
import numpy as np
json.load(sys.stdin)
out = []
rng = np.random.default_rng(1)
for kind in 'b1 u1 u2 u4 u8 i1 i2 i4 i8 f4 f8'.split():
  for order in '<>':
    for shape in [(), (5,), (3, 4), (2, 3, 4), (2, 0)]:
      for fortran in (False, True):
        for version in [(1, 0), (2, 0), (3, 0)]:
          a = np.asarray(rng.normal(0, 40, shape)).astype('i4' if kind[0] != 'f' else 'f8').astype(order + kind)
          if fortran: a = np.asfortranarray(a)
          file = io.BytesIO()
          np.lib.format.write_array(file, a, version)
          out.append([kind, list(a.shape), a.astype('f8').ravel('C').tolist(), base64.b64encode(file.getvalue()).decode()])
print(json.dumps(out))`,
      null,
    ) as [string, number[], number[], string][];
    expect(files.length).toBe(660);
    for (const [dtype, shape, values, file] of files) {
      const array = readNpy(new Uint8Array(Buffer.from(file, 'base64')));
      expect(array.dtype).toBe(dtype);
      expect(array.shape).toEqual(shape);
      expect(numbers(array.data)).toEqual(values);
    }
  });
});
