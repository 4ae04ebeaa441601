/** @file ONNX Runtime in a page or a worker: sessions of `onnxruntime-web` behind the Runtime interface. */
import type { InferenceSession } from 'onnxruntime-web/wasm';
import { ThinnetError } from '../../error.js';
import type { DataType, TensorData, TensorValue } from '../../onnx/model.js';
import type { Feeds, Program, Runtime } from '../runtime.js';
import type { WebProvider } from './build.js';
import { chooseProvider, chooseThreads } from './provider.js';
import { messageOf, type Started, start, type WasmSource } from './start.js';

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
    return runtimeOver(await start('wasm', threads, source), messageOf(cause));
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
    load: (model) =>
      inTurn(async () => {
        try {
          const session = await ort.InferenceSession.create(model, {
            executionProviders: [provider],
            logSeverityLevel: 3,
          });
          return new Session(started, session);
        } catch (error) {
          throw new ThinnetError(`ONNX Runtime refuses the model: ${messageOf(error)}`, { cause: error });
        }
      }),
  };
}

class Session implements Program {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #session: InferenceSession;
  readonly #started: Started;

  constructor(started: Started, session: InferenceSession) {
    this.#started = started;
    this.#session = session;
    this.inputs = session.inputNames;
    this.outputs = session.outputNames;
  }

  run(feeds: Feeds): Promise<Readonly<Record<string, TensorValue>>> {
    const { ort, inTurn } = this.#started;
    return inTurn(async () => {
      const tensors = Object.fromEntries(
        Object.entries(feeds).map(([name, { type, data, dims }]) => [
          name,
          new ort.Tensor(type as 'float32', data as Float32Array, dims),
        ]),
      );
      const results = await this.#session.run(tensors);
      return Object.fromEntries(
        Object.entries(results).map(([name, { type, dims, data }]) => [
          name,
          { type: type as DataType, dims, data: data as TensorData },
        ]),
      );
    });
  }

  release(): Promise<void> {
    return this.#started.inTurn(() => this.#session.release());
  }
}
