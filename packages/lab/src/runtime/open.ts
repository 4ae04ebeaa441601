/** @file Opens ONNX Runtime in a worker: its WebAssembly is fetched once, with its progress, and kept by the browser. */

import webgpuUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { ThinnetError } from 'thinnet';
import { chooseProvider, fetchWasm, type WebProvider, type WebRuntime, webRuntime } from 'thinnet/web';
import { type Download, shared } from './shared.js';

const urls: Readonly<Record<WebProvider, string>> = { wasm: wasmUrl, webgpu: webgpuUrl };

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

/**
 * ONNX Runtime on WebAssembly in this worker, opened once for all who ask; the last one who asked hears of the download.
 * Errors: a download that fails, which the next one who asks begins again.
 */
export const sharedRuntime: (report: (download: Download) => void) => Promise<WebRuntime> = shared((report) =>
  openRuntime('wasm', report),
);

/** For people: `WebAssembly, 2 threads`. */
export function whereOf({ description: { provider, threads } }: WebRuntime): string {
  if (provider === 'webgpu') return 'WebGPU';
  return `WebAssembly, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
}
