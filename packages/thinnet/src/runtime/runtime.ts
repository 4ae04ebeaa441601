/** @file What executes programs: the one interface between Thinnet and ONNX Runtime. */
import type { TensorValue } from '../onnx/model.js';

export type Feeds = Readonly<Record<string, TensorValue>>;

/** A compiled graph. Release it when done: live sessions slow each other. */
export interface Program {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Runs once. Fed arrays must be backed by unshared memory, and stay as they are until the run is done; they are not kept.
   * Results are fresh arrays.
   */
  run(feeds: Feeds): Promise<Readonly<Record<string, TensorValue>>>;
  release(): Promise<void>;
}

export interface LoadOptions {
  /** Threads inside one operator; all cores unless given. In browsers all programs have those of the runtime. */
  readonly threads?: number;
}

/** One way to execute ONNX: `onnxruntime-node` or `onnxruntime-web`. */
export interface Runtime {
  readonly name: string;
  /** Compiles the bytes of an ONNX file. */
  load(model: Uint8Array, options?: LoadOptions): Promise<Program>;
}
