/** @file Which provider a page can use, and with how many threads. */
import { firstLineOf, ThinnetError } from '../../error.js';
import type { WebProvider } from './build.js';

/** A provider to use, and why not another. */
export interface ProviderChoice {
  readonly provider: WebProvider;
  /** Where WebGPU was wanted and cannot be had: why. */
  readonly fellBack?: string;
}

/** As much of WebGPU as is asked whether it is there. */
interface Gpu {
  requestAdapter(): Promise<unknown>;
}

/**
 * `'auto'` is WebGPU where the browser has an adapter for it, else WebAssembly. Ask it before downloading anything, to
 * know which of the `wasmFiles` is needed.
 *
 * Errors: `'webgpu'` where there is none; another word.
 */
export async function chooseProvider(wanted: 'auto' | WebProvider = 'wasm'): Promise<ProviderChoice> {
  if (wanted === 'wasm') return { provider: 'wasm' };
  if (wanted !== 'auto' && wanted !== 'webgpu')
    throw new ThinnetError(`provider is "${String(wanted)}"; it must be 'auto', 'webgpu' or 'wasm'`);
  const missing = await whyNoGpu();
  if (missing === undefined) return { provider: 'webgpu' };
  if (wanted === 'webgpu')
    throw new ThinnetError(`provider is 'webgpu', but ${missing}; use 'auto' or 'wasm'`);
  return { provider: 'wasm', fellBack: missing };
}

async function whyNoGpu(): Promise<string | undefined> {
  const { gpu } = navigator as { gpu?: Gpu };
  if (gpu === undefined)
    return globalThis.isSecureContext
      ? 'this browser has no WebGPU'
      : 'WebGPU needs a secure page (https, or localhost)';
  try {
    return (await gpu.requestAdapter()) ? undefined : 'this browser has no adapter for WebGPU';
  } catch (error) {
    return `asking for a WebGPU adapter failed: ${firstLineOf(error)}`;
  }
}

/** More are seldom faster, and each costs memory. */
const mostThreads = 8;

/**
 * The threads to compute with. Threads need shared memory, which browsers give to cross-origin isolated pages alone; there
 * it is `wanted`, or as many as the machine has cores (at most 8), else 1.
 *
 * Errors: not a whole number of at least 1; more than 1 in a page that is not isolated.
 */
export function chooseThreads(wanted: number | undefined): number {
  const isolated = globalThis.crossOriginIsolated === true;
  if (wanted === undefined)
    return isolated ? Math.min(Math.max(navigator.hardwareConcurrency, 1), mostThreads) : 1;
  if (!Number.isSafeInteger(wanted) || wanted < 1)
    throw new ThinnetError(`threads is ${wanted}; it must be a whole number, at least 1`);
  if (wanted > 1 && !isolated)
    throw new ThinnetError(
      `threads is ${wanted}, but the page is not cross-origin isolated: serve it with the headers Cross-Origin-Opener-Policy: ` +
        'same-origin and Cross-Origin-Embedder-Policy: require-corp, or leave `threads` out',
    );
  return wanted;
}
