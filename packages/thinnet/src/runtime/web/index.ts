/** @file `thinnet/web`: what needs a browser. */
export { type WebProvider, wasmFiles } from './build.js';
export { type DownloadProgress, type FetchWasmOptions, fetchWasm } from './fetch-wasm.js';
export { type WebRuntime, type WebRuntimeDescription, type WebRuntimeOptions, webRuntime } from './ort.js';
export { chooseProvider, type ProviderChoice } from './provider.js';
export type { WasmSource } from './start.js';
export { createTrainer, type WebTrainer, type WebTrainerOptions } from './trainer.js';
