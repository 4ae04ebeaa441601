/** @file Another worker, which knows ONNX Runtime and nothing of Thinnet: runs an ONNX file once. */

/** A model and its one input. */
export interface Errand {
  readonly model: Uint8Array;
  readonly dims: readonly number[];
  readonly data: Float32Array;
  readonly threads: number;
}

export type Answer = { readonly output: Float32Array } | { readonly error: string };

/** The model's first output. Errors: what the worker said when it failed. */
export function anotherWorker(errand: Errand): Promise<Float32Array> {
  const worker = new Worker(new URL('./elsewhere.ts', import.meta.url), { type: 'module' });
  const answered = new Promise<Float32Array>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      'error' in data ? reject(new Error(data.error)) : resolve(data.output);
    worker.onerror = (event) => {
      event.preventDefault();
      const reason = event.message || 'its code did not load: check the connection, then try again';
      reject(new Error(`the other worker failed: ${reason}`));
    };
  });
  worker.postMessage(errand);
  return answered.finally(() => worker.terminate());
}
