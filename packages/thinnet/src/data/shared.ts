/** @file Arrays that worker threads can read without a copy, where the environment allows it. */
import { ThinnetError } from '../error.js';

/**
 * `byteLength` zero bytes: a SharedArrayBuffer where the environment has one (Node; pages that are cross-origin
 * isolated), else an ArrayBuffer.
 *
 * Errors: more memory than the environment gives.
 */
export function allocate(byteLength: number): ArrayBufferLike {
  try {
    return typeof SharedArrayBuffer === 'function'
      ? new SharedArrayBuffer(byteLength)
      : new ArrayBuffer(byteLength);
  } catch {
    throw new ThinnetError(`no memory for an array of ${byteLength} bytes; use a smaller set of examples`);
  }
}

export const sharedUint8 = (length: number): Uint8Array => new Uint8Array(allocate(length));
export const sharedInt32 = (length: number): Int32Array => new Int32Array(allocate(length * 4));
export const sharedFloat32 = (length: number): Float32Array => new Float32Array(allocate(length * 4));

const isShared = (buffer: ArrayBufferLike): boolean =>
  typeof SharedArrayBuffer === 'function' && buffer instanceof SharedArrayBuffer;

/** An array of `length` zeros with the element type of `like`. */
export function allocateLike<T extends Uint8Array | Int32Array | Float32Array>(like: T, length: number): T {
  // A typed array's constructor is its element type; TypeScript types it as Function.
  const Type = like.constructor as new (buffer: ArrayBufferLike) => T;
  return new Type(allocate(length * like.BYTES_PER_ELEMENT));
}

/** `array` itself if its memory is shared already or can't be, else a shared copy. */
export function toShared<T extends Uint8Array | Int32Array | Float32Array>(array: T): T {
  if (isShared(array.buffer) || typeof SharedArrayBuffer !== 'function') return array;
  const copy = allocateLike(array, array.length);
  copy.set(array);
  return copy;
}
