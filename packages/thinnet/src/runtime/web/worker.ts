/** @file The training worker of `thinnet/web`: a module worker. */
import { ThinnetError } from '../../error.js';
import type { Request, Response } from '../worker/protocol.js';
import { serve } from '../worker/serve.js';
import { type WebRuntimeOptions, webRuntime } from './ort.js';

/** As much of a worker's global scope as is used. */
interface WorkerScope {
  readonly name: string;
  postMessage(response: Response, transfer: readonly ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Request }) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

// ONNX Runtime's threads run the file that ONNX Runtime is in; this code must not be in it.
if (scope.name === 'em-pthread')
  throw new ThinnetError(
    'ONNX Runtime is bundled into the training worker, where it cannot start threads: keep dynamic imports apart ' +
      "(Vite: worker: { format: 'es' })",
  );

const answer = serve(
  (response, transfer) => scope.postMessage(response, transfer),
  async (options) => {
    const runtime = await webRuntime(options as WebRuntimeOptions);
    return { runtime, description: { name: runtime.name, ...runtime.description } };
  },
);
scope.addEventListener('message', ({ data }) => answer(data));
