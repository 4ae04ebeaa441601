/** @file The other worker: runs an ONNX file once with plain ONNX Runtime. */

import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { firstLineOf } from '../../../components/message.js';
import type { Answer, Errand } from './another-worker.js';

async function run({ model, dims, data, threads }: Errand): Promise<Float32Array> {
  // Loaded within: before that the worker listens already.
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web/wasm');
  env.wasm.numThreads = threads;
  env.wasm.wasmPaths = { wasm: wasmUrl };
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 3 });
  const [input, ...others] = session.inputNames;
  const [output] = session.outputNames;
  if (input === undefined || output === undefined || others.length > 0)
    throw new Error(`the model has the inputs ${session.inputNames.join(', ')}; exactly one was expected`);
  const results = await session.run({ [input]: new Tensor('float32', data, dims) });
  return results[output]?.data as Float32Array;
}

self.onmessage = async ({ data }: MessageEvent<Errand>) => {
  let answer: Answer;
  try {
    answer = { output: await run(data) };
  } catch (error) {
    answer = { error: firstLineOf(error) };
  }
  postMessage(answer);
};
