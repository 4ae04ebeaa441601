/** @file ONNX Runtime in a page or a worker: sessions of `onnxruntime-web` behind the Runtime interface. */
import { firstLineOf, type ThinnetError } from '../../error.js';
import { checkOptions, type Keys, type KeysOf } from '../../options/check.js';
import { checkLoad, type Runtime } from '../runtime.js';
import { programOver } from '../session.js';
import type { WebProvider } from './build.js';
import { chooseProvider, chooseThreads } from './provider.js';
import { type Started, start, type WasmSource } from './start.js';

export interface WebRuntimeOptions {
  /** `'wasm'` unless given; `'auto'` is WebGPU where the browser has it, else WebAssembly. */
  readonly provider?: 'auto' | WebProvider;
  /** Threads of WebAssembly: all cores, at most 8, in a cross-origin isolated page unless given; 1 elsewhere. */
  readonly threads?: number;
  /**
   * Where ONNX Runtime's WebAssembly is: its bytes, as `fetchWasm` gives them, or a URL; or one for each provider. Unless
   * given it is looked for beside ONNX Runtime's script, where bundlers put it.
   */
  readonly wasm?: WasmSource | Readonly<Partial<Record<WebProvider, WasmSource>>>;
}

export const webRuntimeKeys: KeysOf<WebRuntimeOptions> = { provider: true, threads: true, wasm: true };
const wasmKeys: Readonly<Record<WebProvider, true>> = { wasm: true, webgpu: true };

/** Errors: unknown options. */
export function checkWebOptions(place: string, options: WebRuntimeOptions, known: Keys): void {
  checkOptions(place, options, known);
  const { wasm } = options;
  if (wasm !== undefined && !isSource(wasm)) checkOptions(`${place}: wasm`, wasm, wasmKeys);
}

/** What executes; plain data. */
export interface WebRuntimeDescription {
  readonly provider: WebProvider;
  readonly threads: number;
  /** Whether the page may use threads at all. */
  readonly crossOriginIsolated: boolean;
  /** Where `'auto'` could not have WebGPU: why. */
  readonly fellBack?: string;
}

export interface WebRuntime extends Runtime {
  readonly description: WebRuntimeDescription;
}

/**
 * ONNX Runtime on WebAssembly or WebGPU. The first call starts it in this page or worker, once for each provider: threads
 * and WebAssembly are those of that call. `run` blocks the thread while WebAssembly computes, so train in a worker
 * (`createTrainer`). All programs have the runtime's threads; `threads` of `load` does not apply.
 *
 * Errors: a provider, threads or WebAssembly that cannot be had; threads other than those that it was started with.
 */
export async function webRuntime(options: WebRuntimeOptions = {}): Promise<WebRuntime> {
  checkWebOptions('webRuntime', options, webRuntimeKeys);
  const threads = chooseThreads(options.threads);
  const { provider, fellBack } = await chooseProvider(options.provider);
  if (options.provider !== 'auto' || provider === 'wasm')
    return runtimeOver(await start(provider, threads, sourceOf(options.wasm, provider)), fellBack);
  try {
    return runtimeOver(await start(provider, threads, sourceOf(options.wasm, provider)));
  } catch (error) {
    // An adapter does not make a device yet: its driver may lack what is needed, or memory. A single source was the other's.
    const source = isSource(options.wasm) ? undefined : options.wasm?.wasm;
    const { cause = error } = error as ThinnetError;
    return runtimeOver(await start('wasm', threads, source), firstLineOf(cause));
  }
}

const isSource = (wasm: WebRuntimeOptions['wasm']): wasm is WasmSource =>
  typeof wasm === 'string' || wasm instanceof URL || wasm instanceof ArrayBuffer;

const sourceOf = (wasm: WebRuntimeOptions['wasm'], provider: WebProvider): WasmSource | undefined =>
  isSource(wasm) ? wasm : wasm?.[provider];

function runtimeOver(started: Started, fellBack?: string): WebRuntime {
  const { ort, provider, threads, inTurn } = started;
  return {
    name: `onnxruntime-web (${provider}, ${threads} thread${threads === 1 ? '' : 's'})`,
    description: {
      provider,
      threads,
      crossOriginIsolated: globalThis.crossOriginIsolated === true,
      ...(fellBack === undefined ? {} : { fellBack }),
    },
    load: async (model, given = {}) => {
      checkLoad(given);
      const options = { executionProviders: [provider], logSeverityLevel: 3 } as const;
      return programOver(() => ort.InferenceSession.create(model, options), ort.Tensor, inTurn);
    },
  };
}
