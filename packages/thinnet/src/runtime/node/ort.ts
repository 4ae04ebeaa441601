/** @file ONNX Runtime in Node: sessions of `onnxruntime-node` behind the Runtime interface. */
import './telemetry.js';
import * as ort from 'onnxruntime-node';
import { checkLoad, type LoadOptions, type Program, type Runtime } from '../runtime.js';
import { programOver } from '../session.js';

/** Executes on the CPU. `run` blocks the calling thread while it computes. */
export const nodeRuntime: Runtime = {
  name: 'onnxruntime-node',
  async load(model: Uint8Array, options: LoadOptions = {}): Promise<Program> {
    checkLoad(options);
    const create = () =>
      ort.InferenceSession.create(model, {
        logSeverityLevel: 3,
        // A thread that spins while it waits takes the core from whoever else has work: on two busy cores steps take 1.4 times
        // as long, and two live sessions slow each other. On idle cores it makes no difference.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
        ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
      });
    return programOver(create, ort.Tensor);
  },
};
