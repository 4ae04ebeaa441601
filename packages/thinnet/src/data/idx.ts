/** @file IDX, the file format of MNIST: a magic number, the lengths of the axes, the elements, all big-endian. */
import { ThinnetError } from '../error.js';
import { firstBytes } from './gzip.js';
import { sharedFloat32 } from './shared.js';

/** Elements of an IDX or NPY file: bytes, or numbers that float64 holds exactly. */
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An array out of a file. */
export interface IdxArray {
  /** Lengths of the axes, outermost first, such as [60000, 28, 28]. */
  readonly shape: readonly number[];
  /** Row-major. Bytes are a view of the file's bytes; wider elements are copied. */
  readonly data: IdxData;
}

interface ElementType {
  readonly name: string;
  readonly bytes: number;
  readonly read: (view: DataView, count: number, start: number) => IdxData;
}

/** The third byte of the file names the element type. */
const elementTypes: Readonly<Record<number, ElementType>> = {
  8: {
    name: 'uint8',
    bytes: 1,
    read: ({ buffer, byteOffset }, n, at) => new Uint8Array(buffer, byteOffset + at, n),
  },
  9: {
    name: 'int8',
    bytes: 1,
    read: ({ buffer, byteOffset }, n, at) => new Int8Array(buffer, byteOffset + at, n),
  },
  11: {
    name: 'int16',
    bytes: 2,
    read: (view, n, at) => Int16Array.from({ length: n }, (_, i) => view.getInt16(at + 2 * i)),
  },
  12: {
    name: 'int32',
    bytes: 4,
    read: (view, n, at) => Int32Array.from({ length: n }, (_, i) => view.getInt32(at + 4 * i)),
  },
  13: { name: 'float32', bytes: 4, read: readFloats },
  14: {
    name: 'float64',
    bytes: 8,
    read: (view, n, at) => Float64Array.from({ length: n }, (_, i) => view.getFloat64(at + 8 * i)),
  },
};

function readFloats(view: DataView, count: number, start: number): Float32Array {
  const floats = sharedFloat32(count);
  for (let i = 0; i < count; i++) floats[i] = view.getFloat32(start + 4 * i);
  return floats;
}

/**
 * Reads an IDX file. Bytes 0 and 1 are 0, byte 2 is the element type, byte 3 the number of axes; then come the axes'
 * lengths (uint32) and the elements. Format: Y. LeCun, C. Cortes, C. Burges, the MNIST database.
 *
 * @param bytes the file, decompressed
 * @param source what to call it in an error, such as its path
 *
 * Errors: another magic number; fewer or more bytes than the axes' lengths ask for.
 */
export function readIdx(bytes: Uint8Array, source = 'IDX data'): IdxArray {
  const type =
    bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 ? elementTypes[bytes[2] as number] : undefined;
  if (type === undefined) {
    const expected = '00 00, an element type (08, 09, 0b, 0c, 0d or 0e), the number of axes';
    throw new ThinnetError(
      `${source}: not an IDX file: it starts with ${firstBytes(bytes)}; expected ${expected}`,
    );
  }
  const rank = bytes[3] as number;
  const start = 4 + 4 * rank;
  if (bytes.length < start)
    throw new ThinnetError(
      `${source}: truncated: a header for ${rank} axes has ${start} bytes, found ${bytes.length}`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  // A zero next to huge lengths must give 0, not 0 · Infinity.
  const count = shape.includes(0) ? 0 : shape.reduce((product, length) => product * length, 1);
  const expected = start + count * type.bytes;
  if (bytes.length !== expected) {
    const problem = bytes.length < expected ? 'truncated' : 'too long';
    const size = `${type.name} [${shape.join(', ')}] has ${expected} bytes with its header`;
    throw new ThinnetError(`${source}: ${problem}: ${size}, found ${bytes.length}; get the file again`);
  }
  return { shape, data: type.read(view, count, start) };
}
