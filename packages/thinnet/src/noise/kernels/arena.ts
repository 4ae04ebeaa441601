/** @file Memory that the kernels write into directly, and that ONNX Runtime reads without a copy. */
import { ThinnetError } from '../../error.js';
import { kernelMemory, kernelModule } from './instance.js';

/** Arrays begin at multiples of it: a cache line. */
const ALIGNMENT = 64;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/**
 * A memory of fixed size that arrays are cut from. Kernels draw straight into these arrays; into any other they draw by
 * way of a buffer, which costs a copy. Its size never changes, so the arrays stay valid; the memory is freed with the
 * last of them. They cannot be transferred to another thread.
 *
 * Where WebAssembly SIMD is not to be had the arrays are ordinary ones.
 */
export class NoiseArena {
  readonly #buffer: ArrayBuffer;
  #next: number;

  /** @param bytes what `NoiseArena.bytesFor` says. Errors: 4 GiB or more, or more than there is. */
  constructor(bytes: number) {
    if (!Number.isSafeInteger(bytes) || bytes < 0)
      throw new ThinnetError(`noise memory of ${bytes} bytes: it must be a whole number, at least 0`);
    const module = kernelModule();
    const { buffer, free } = module
      ? kernelMemory(module, aligned(bytes))
      : { buffer: new ArrayBuffer(aligned(bytes)), free: 0 };
    this.#buffer = buffer;
    this.#next = free;
  }

  /** The size of an arena for arrays of so many bytes each. */
  static bytesFor(...arrays: readonly number[]): number {
    return arrays.reduce((sum, bytes) => sum + aligned(bytes), 0);
  }

  /** Bytes that are not used yet. */
  get left(): number {
    return this.#buffer.byteLength - this.#next;
  }

  /** Errors: no room left. */
  float32(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#buffer, this.#take(4 * length), length);
  }

  /** Errors: no room left. */
  int32(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#buffer, this.#take(4 * length), length);
  }

  /** Errors: no room left. */
  uint8(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, this.#take(length), length);
  }

  #take(bytes: number): number {
    if (!(bytes >= 0 && bytes <= this.left))
      throw new ThinnetError(
        `an array of ${bytes} bytes: ${this.left} are left in this noise memory; make it larger`,
      );
    const at = this.#next;
    this.#next = Math.min(at + aligned(bytes), this.#buffer.byteLength);
    return at;
  }
}

/** Arrays of these lengths in one memory of their own: what a training run or a predictor draws its noise into. */
export function noiseArrays(lengths: readonly number[]): Float32Array<ArrayBuffer>[] {
  const arena = new NoiseArena(NoiseArena.bytesFor(...lengths.map((length) => 4 * length)));
  return lengths.map((length) => arena.float32(length));
}
