/** @file What the build adds: imports ending in `?url` give a file's address in the built page, and constants. */
/// <reference types="vite/client" />

/** Sizes of ONNX Runtime's WebAssembly in bytes. */
declare const WASM_BYTES: Readonly<Record<'wasm' | 'webgpu', number>>;
