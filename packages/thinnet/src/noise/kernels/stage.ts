/** @file Drawing into arrays that the kernels cannot reach: piece by piece, by way of a buffer in their memory. */
import { type KernelInstance, kernelMemory } from './instance.js';

/** Elements of the largest piece: a plane of 256 × 256. */
const LARGEST = 2 ** 16;

export interface Stage {
  readonly kernels: KernelInstance;
  /** Addresses of two buffers for LARGEST elements of four bytes. */
  readonly out: number;
  readonly x: number;
  /** Views of them. */
  readonly float32: Float32Array;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
  readonly xFloat32: Float32Array;
  readonly xUint8: Uint8Array;
}

let only: Stage | undefined;

/** The one stage of this thread. */
export function stageOf(module: WebAssembly.Module): Stage {
  if (only === undefined) {
    const { kernels, buffer, free } = kernelMemory(module, 8 * LARGEST);
    const x = free + 4 * LARGEST;
    only = {
      kernels,
      out: free,
      x,
      float32: new Float32Array(buffer, free, LARGEST),
      int32: new Int32Array(buffer, free, LARGEST),
      uint8: new Uint8Array(buffer, free, 4 * LARGEST),
      xFloat32: new Float32Array(buffer, x, LARGEST),
      xUint8: new Uint8Array(buffer, x, LARGEST),
    };
  }
  return only;
}

/** Elements of a piece that stays in the first-level cache until it is copied; a multiple of the kernels' batches. */
export const SMALL = 2 ** 12;
export { LARGEST };

/** Calls `draw` with pieces of `length` elements that end at multiples of `size` in the whole tensor. */
export function inPieces(
  offset: number,
  length: number,
  size: number,
  draw: (done: number, count: number) => void,
): void {
  for (let done = 0; done < length; ) {
    const count = Math.min(length - done, size - ((offset + done) % size));
    draw(done, count);
    done += count;
  }
}
