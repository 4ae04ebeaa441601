/** @file Opens ONNX Runtime in a worker: its WebAssembly is fetched once, with its progress, and kept by the browser. */

import webgpuUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ThinnetError } from 'thinnet';
import { chooseProvider, fetchWasm, type WebProvider, type WebRuntime, webRuntime } from 'thinnet/web';

const urls: Readonly<Record<WebProvider, string>> = { wasm: wasmUrl, webgpu: webgpuUrl };

/** How far the download of the WebAssembly is, in bytes. */
export interface Download {
  readonly received: number;
  readonly total: number;
  /** It came out of the browser's cache. */
  readonly cached: boolean;
}

/**
 * ONNX Runtime on WebAssembly, or on WebGPU where that is wanted and there. Call it in a worker: a run blocks its thread.
 * Errors: WebGPU that is not there; a download that fails.
 */
export async function openRuntime(
  wanted: 'auto' | WebProvider,
  report: (download: Download) => void,
  signal?: AbortSignal,
): Promise<WebRuntime> {
  const { provider, fellBack } = await chooseProvider(wanted === 'wasm' ? 'wasm' : 'auto');
  if (wanted === 'webgpu' && fellBack !== undefined)
    throw new ThinnetError(`WebGPU is not to be had: ${fellBack}; choose the processor under “where”`);
  const bytes = WASM_BYTES[provider];
  const wasm = await fetchWasm(
    urls[provider],
    ({ received, total = bytes, cached }) => report({ received, total, cached }),
    { bytes, ...(signal ? { signal } : {}) },
  );
  return webRuntime({ provider, wasm });
}

/** For people: `WebAssembly, 2 threads`. */
export function whereOf({ description: { provider, threads } }: WebRuntime): string {
  if (provider === 'webgpu') return 'WebGPU';
  return `WebAssembly, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
}
