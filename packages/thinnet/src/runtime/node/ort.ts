/** @file ONNX Runtime in Node: sessions of `onnxruntime-node` behind the Runtime interface. */
import * as ort from 'onnxruntime-node';
import { ThinnetError } from '../../error.js';
import type { DataType, TensorData, TensorValue } from '../../onnx/model.js';
import type { Feeds, LoadOptions, Program, Runtime } from '../runtime.js';

/** Executes on the CPU. `run` blocks the calling thread while it computes. */
export const nodeRuntime: Runtime = {
  name: 'onnxruntime-node',
  async load(model: Uint8Array, options: LoadOptions = {}): Promise<Program> {
    try {
      const session = await ort.InferenceSession.create(model, {
        logSeverityLevel: 3,
        // A thread that spins while it waits takes the core from whoever else has work: on two busy cores steps take 1.4 times
        // as long, and two live sessions slow each other. On idle cores it makes no difference.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
        ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
      });
      return new Session(session);
    } catch (error) {
      throw new ThinnetError(`ONNX Runtime refuses the model: ${messageOf(error)}`, { cause: error });
    }
  },
};

class Session implements Program {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #session: ort.InferenceSession;

  constructor(session: ort.InferenceSession) {
    this.#session = session;
    this.inputs = session.inputNames;
    this.outputs = session.outputNames;
  }

  async run(feeds: Feeds): Promise<Readonly<Record<string, TensorValue>>> {
    const tensors = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, toTensor(value)]));
    const results = await this.#session.run(tensors);
    return Object.fromEntries(
      Object.entries(results).map(([name, { type, dims, data }]) => [
        name,
        { type: type as DataType, dims, data: data as TensorData },
      ]),
    );
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

const toTensor = ({ type, data, dims }: TensorValue): ort.Tensor =>
  new ort.Tensor(type as 'float32', data as Float32Array, dims);

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
