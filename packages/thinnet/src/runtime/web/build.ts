/** @file The two builds of ONNX Runtime for the web: what each is called, and how it is loaded. */
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';

/** What computes: the CPU by WebAssembly, or the GPU. */
export type WebProvider = 'wasm' | 'webgpu';

/** What Thinnet uses of either build. */
export interface Ort {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: typeof Tensor;
  readonly env: {
    readonly wasm: {
      numThreads?: number;
      wasmBinary?: ArrayBufferLike | Uint8Array;
      wasmPaths?: string | { readonly wasm?: URL | string };
    };
  };
}

interface Build {
  /** The WebAssembly that it runs, within `onnxruntime-web`. */
  readonly file: string;
  /** Imported at the first use, so that a page downloads what it uses. */
  load(): Promise<Ort>;
}

export const builds: Readonly<Record<WebProvider, Build>> = {
  wasm: {
    file: 'ort-wasm-simd-threaded.wasm',
    load: async () => (await import('onnxruntime-web/wasm')) as unknown as Ort,
  },
  webgpu: {
    file: 'ort-wasm-simd-threaded.asyncify.wasm',
    load: async () => (await import('onnxruntime-web/webgpu')) as unknown as Ort,
  },
};

/** The file of `onnxruntime-web` that each provider runs, as `onnxruntime-web/<file>` and in its `dist/`. */
export const wasmFiles: Readonly<Record<WebProvider, string>> = {
  wasm: builds.wasm.file,
  webgpu: builds.webgpu.file,
};
