/** @file Little-endian bytes, as ONNX stores numbers, from and to typed arrays in the machine's own order. */

/** Whether this machine stores the low byte first, as nearly all do. */
export const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

type Numeric = { readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number };

interface ArrayOf<A extends Numeric> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** Reverses the bytes of each element, in place. */
export function swapBytes(bytes: Uint8Array, elementSize: number): void {
  for (let at = 0; at < bytes.length; at += elementSize) bytes.subarray(at, at + elementSize).reverse();
}

/** The bytes behind a typed array. */
export const bytesOf = (array: Numeric): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Numbers from little-endian bytes, in memory of their own. */
export function copyToHost<A extends Numeric>(bytes: Uint8Array, Type: ArrayOf<A>): A {
  const size = Type.BYTES_PER_ELEMENT;
  if (bytes.length % size !== 0)
    throw new RangeError(`${bytes.length} bytes are no whole number of elements`);
  const array = new Type(bytes.length / size);
  bytesOf(array).set(bytes);
  if (!littleEndian) swapBytes(bytesOf(array), size);
  return array;
}

/** Numbers from little-endian bytes: a view of them where alignment and byte order allow, otherwise a copy. */
export function viewOnHost<A extends Numeric>(bytes: Uint8Array, Type: ArrayOf<A>): A {
  const size = Type.BYTES_PER_ELEMENT;
  if (!littleEndian || bytes.byteOffset % size !== 0 || bytes.length % size !== 0)
    return copyToHost(bytes, Type);
  return new Type(bytes.buffer, bytes.byteOffset, bytes.length / size);
}

/** The little-endian bytes of a typed array: a view of it where the machine's byte order allows, otherwise a copy. */
export function littleEndianBytes(array: Numeric & { readonly BYTES_PER_ELEMENT: number }): Uint8Array {
  if (littleEndian) return bytesOf(array);
  const copy = bytesOf(array).slice();
  swapBytes(copy, array.BYTES_PER_ELEMENT);
  return copy;
}
