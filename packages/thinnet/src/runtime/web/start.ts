/** @file Starts ONNX Runtime, once for each provider in a page or worker: its settings are global there. */
import { firstLineOf, ThinnetError } from '../../error.js';
import type { Graph } from '../../onnx/model.js';
import { standardModel } from '../../onnx/version.js';
import { writeModel } from '../../onnx/write.js';
import { builds, type Ort, type WebProvider } from './build.js';

/** WebAssembly as bytes, or where to fetch it. */
export type WasmSource = ArrayBuffer | URL | string;

/** ONNX Runtime, started. */
export interface Started {
  readonly ort: Ort;
  readonly provider: WebProvider;
  readonly threads: number;
  /** Does `work` when all that came before it is done: the WebGPU build runs one thing at a time. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

const started = new Map<WebProvider, Promise<Started>>();

/** Errors: threads other than at the first call; WebAssembly that cannot be fetched or does not start. */
export async function start(
  provider: WebProvider,
  threads: number,
  wasm: WasmSource | undefined,
): Promise<Started> {
  let starting = started.get(provider);
  if (starting === undefined) {
    starting = startAnew(provider, threads, wasm);
    started.set(provider, starting);
  }
  const result = await starting;
  if (result.threads !== threads)
    throw new ThinnetError(
      `threads is ${threads}, but ONNX Runtime already runs here with ${result.threads}, for all its programs: ` +
        'ask for these, or use a worker of its own',
    );
  return result;
}

async function startAnew(
  provider: WebProvider,
  threads: number,
  wasm: WasmSource | undefined,
): Promise<Started> {
  try {
    const ort = await builds[provider].load();
    ort.env.wasm.numThreads = threads;
    if (wasm instanceof ArrayBuffer) ort.env.wasm.wasmBinary = wasm;
    else if (wasm !== undefined) ort.env.wasm.wasmPaths = { wasm };
    // The first session fetches and compiles the WebAssembly, so that what is wrong with it is known here.
    const session = await ort.InferenceSession.create(writeModel(standardModel(identity)), {
      executionProviders: [provider],
      logSeverityLevel: 3,
    });
    await session.release();
    // Compiled by now; a page may run for long.
    delete ort.env.wasm.wasmBinary;
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    };
    return { ort, provider, threads, inTurn };
  } catch (error) {
    throw new ThinnetError(
      `ONNX Runtime (${builds[provider].file}) does not start: ${firstLineOf(error)}; ` +
        'give webRuntime({ wasm }) the file of the installed onnxruntime-web, as bytes or URL',
      { cause: error },
    );
  }
}

const one = { type: 'float32', shape: [1] } as const;
const identity: Graph = {
  name: 'start',
  inputs: [{ name: 'x', ...one }],
  outputs: [{ name: 'y', ...one }],
  values: [],
  initializers: [],
  nodes: [{ name: 'identity', op: 'Identity', domain: '', inputs: ['x'], outputs: ['y'], attributes: {} }],
};
