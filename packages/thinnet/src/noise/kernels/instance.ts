/** @file The compiled kernels over one memory. */
import { ThinnetError } from '../../error.js';
import { wasm } from './wasm.generated.js';

/** What the kernels export; kernels/index.ts lists it. Addresses and lengths are unsigned 32-bit integers. */
export interface KernelInstance {
  open(seedLow: number, seedHigh: number, step: number, site: number): void;
  limit(first: number, rest: number, planes: number): void;
  maskValues(out: number, length: number, offset: number, dropped: number, kept: number): void;
  maskBits(out: number, length: number, offset: number): void;
  maskIndices(out: number, length: number, offset: number, base: number): number;
  thinFloat32(out: number, x: number, length: number, offset: number, scale: number): void;
  thinUint8(out: number, x: number, length: number, offset: number, scale: number): void;
  uniform(out: number, length: number, offset: number): void;
  gaussian(out: number, length: number, offset: number, mean: number, std: number): void;
  blocks(
    out: number,
    length: number,
    plane: number,
    skip: number,
    height: number,
    width: number,
    size: number,
    kept: number,
  ): number;
  /** The kernels use the memory below this address. */
  readonly FREE: WebAssembly.Global<'i32'>;
  readonly LARGEST_PLANE: WebAssembly.Global<'i32'>;
}

const PAGE = 2 ** 16;
/** The least that the module imports; its own part of the memory lies within. */
const OWN_PAGES = 4;
/** Less than 2^32, so that no address within wraps around. */
const MOST_PAGES = 2 ** 16 - 1;

let compiled: WebAssembly.Module | null | undefined;

/** The kernels' code, compiled at the first call; null where WebAssembly, its SIMD instructions or compiling is not to be had. */
export function kernelModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(Uint8Array.from(atob(wasm), (byte) => byte.charCodeAt(0)));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** A memory that has `bytes` free for the caller, from address `free` on, and the kernels over it. */
export interface KernelMemory {
  readonly kernels: KernelInstance;
  readonly buffer: ArrayBuffer;
  readonly free: number;
}

/** Instances whose memory others may hold views of, by that memory. */
const shared = new WeakMap<ArrayBufferLike, KernelInstance>();

/** The kernels that can write into `buffer`, if any. */
export const kernelsOver = (buffer: ArrayBufferLike): KernelInstance | undefined => shared.get(buffer);

/** Errors: more bytes than an address reaches, or than there are. */
export function kernelMemory(module: WebAssembly.Module, bytes: number): KernelMemory {
  const pages = OWN_PAGES + Math.ceil(bytes / PAGE);
  if (!(pages <= MOST_PAGES))
    throw new ThinnetError(`noise memory of ${bytes} bytes: it must be below 4 GiB; use several memories`);
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    throw new ThinnetError(`noise memory of ${bytes} bytes cannot be had: ${(error as Error).message}`);
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as unknown as KernelInstance;
  shared.set(memory.buffer, kernels);
  return { kernels, buffer: memory.buffer, free: kernels.FREE.value };
}
