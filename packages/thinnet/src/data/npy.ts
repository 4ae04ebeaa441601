/** @file NPY, NumPy's file format for one array: versions 1.0, 2.0 and 3.0. */
import { ThinnetError } from '../error.js';
import type { NumberArray } from './build.js';
import { firstBytes } from './gzip.js';
import { parseNpyHeader } from './npy-header.js';
import { sharedUint8 } from './shared.js';
import { toRowMajor } from './transpose.js';

/** An array out of an NPY file, row-major. 64-bit integers come as bigints; booleans as bytes 0 and 1. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: NumberArray;
  /** NumPy's name of the element type without its byte order, such as `f4`. */
  readonly dtype: keyof typeof dtypes;
}

type View = (buffer: ArrayBufferLike, start: number, length: number) => NumberArray;

/** Element types that can be read: size in bytes = the digit. */
const dtypes = {
  b1: (buffer, start, length) => new Uint8Array(buffer, start, length),
  u1: (buffer, start, length) => new Uint8Array(buffer, start, length),
  u2: (buffer, start, length) => new Uint16Array(buffer, start, length),
  u4: (buffer, start, length) => new Uint32Array(buffer, start, length),
  u8: (buffer, start, length) => new BigUint64Array(buffer, start, length),
  i1: (buffer, start, length) => new Int8Array(buffer, start, length),
  i2: (buffer, start, length) => new Int16Array(buffer, start, length),
  i4: (buffer, start, length) => new Int32Array(buffer, start, length),
  i8: (buffer, start, length) => new BigInt64Array(buffer, start, length),
  f4: (buffer, start, length) => new Float32Array(buffer, start, length),
  f8: (buffer, start, length) => new Float64Array(buffer, start, length),
} satisfies Record<string, View>;

export const isNpy = (bytes: Uint8Array): boolean =>
  [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, i) => bytes[i] === byte);

const machineIsLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The elements' bytes in the machine's order, at an address that suits their size; the file's own where possible. */
function nativeBytes(bytes: Uint8Array, start: number, size: number, little: boolean): Uint8Array {
  const source = bytes.subarray(start);
  const swap = size > 1 && little !== machineIsLittle;
  if (!swap && source.byteOffset % size === 0) return source;
  const copy = sharedUint8(source.length);
  copy.set(source);
  if (swap) for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  return copy;
}

/**
 * Reads an NPY file. Format: NumPy documentation, `numpy.lib.format`.
 *
 * @param bytes the file; elements already in the machine's order stay a view of it
 * @param source what to call it in an error, such as its path
 *
 * Errors: another format, version or element type (complex, text, objects, float16); fewer or more bytes than
 * the shape asks for.
 */
export function readNpy(bytes: Uint8Array, source = 'NPY data'): NpyArray {
  if (!isNpy(bytes))
    throw new ThinnetError(
      `${source}: not an NPY file: it starts with ${firstBytes(bytes, 6)}; expected 93 4e 55 4d 50 59`,
    );
  const header = parseNpyHeader(bytes, source);
  const [, order, dtype] = /^([<>|=])([a-z]\d+)$/.exec(header.descr) ?? [];
  if (dtype === undefined || !Object.hasOwn(dtypes, dtype) || (order === '|' && !dtype.endsWith('1'))) {
    const readable = Object.keys(dtypes).join(', ');
    throw new ThinnetError(
      `${source}: element type '${header.descr}' can't be read; save it as one of ${readable} (array.astype)`,
    );
  }
  const size = Number(dtype.slice(1));
  const count = header.shape.includes(0) ? 0 : header.shape.reduce((product, length) => product * length, 1);
  const found = bytes.length - header.start;
  if (found !== count * size) {
    const problem = found < count * size ? 'truncated' : 'too long';
    const expected = `'${header.descr}' [${header.shape.join(', ')}] has ${count * size} bytes after its header`;
    throw new ThinnetError(`${source}: ${problem}: ${expected}, found ${found}; save the file again`);
  }
  const native = nativeBytes(bytes, header.start, size, order === '=' ? machineIsLittle : order !== '>');
  const data = dtypes[dtype as keyof typeof dtypes](native.buffer, native.byteOffset, count);
  return {
    shape: header.shape,
    data: header.fortranOrder ? toRowMajor(data, header.shape) : data,
    dtype: dtype as keyof typeof dtypes,
  };
}
